# SPDX-License-Identifier: GPL-3.0-or-later
libbprcore_la_SOURCES += \
	%D%/again.c \
	%D%/analysis.c %D%/analysis_i.h \
	%D%/base.c \
	%D%/bottleneck.c \
	%D%/cells.c %D%/cells_i.h \
	%D%/distribution.c \
	%D%/dominate.c %D%/dominate_i.h \
	%D%/executions.c %D%/executions_i.h \
	%D%/extremes.c %D%/extremes_i.h \
	%D%/finding.c \
	%D%/game.c %D%/game_i.h %D%/game_play_i.h \
	%D%/game_join.c \
	%D%/guide.c %D%/guide_i.h \
	%D%/handoff.c \
	%D%/journey.c \
	%D%/plan.c %D%/plan_i.h \
	%D%/policy.c %D%/policy_i.h \
	%D%/pool.c \
	%D%/sample.c %D%/sample_all.c %D%/sample_i.h \
	%D%/sets.c %D%/sets_i.h \
	%D%/solution.c %D%/solution_i.h \
	%D%/sound.c %D%/sound_i.h \
	%D%/sound_explore.c \
	%D%/sound_finding.c \
	%D%/sound_game.c \
	%D%/sound_judge.c \
	%D%/sound_net.c \
	%D%/sound_place.c \
	%D%/sound_reduce.c \
	%D%/sound_run.c \
	%D%/sound_store.c \
	%D%/tally.c \
	%D%/time.c \
	%D%/totals.c \
	%D%/visits.c \
	%D%/walk.c %D%/walk_i.h \
	%D%/walk_move.c %D%/walk_move_i.h \
	%D%/walk_reach.c \
	%D%/walk_scope.c \
	%D%/walk_time.c \
	%D%/walk_wait.c \
	%D%/writing.c %D%/writing_i.h
