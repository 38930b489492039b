# SPDX-License-Identifier: GPL-3.0-or-later
unit_programs += test-chain
test_chain_SOURCES = %D%/test_chain.c
test_chain_CPPFLAGS = $(unit_cppflags)
test_chain_LDADD = $(unit_ldadd)
# The n-th allocation is made to fail.
test_chain_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=bpr_i_calloc -Wl,--wrap=bpr_i_grow
EXTRA_DIST += tests/lib/chains.h
unit_programs += test-graph
test_graph_SOURCES = %D%/test_graph.c
test_graph_CPPFLAGS = $(unit_cppflags)
test_graph_LDADD = $(unit_ldadd)
