# SPDX-License-Identifier: GPL-3.0-or-later
libbprcore_la_SOURCES += \
	%D%/analysis_i.h \
	%D%/analysis_study.c \
	%D%/pages_suggestion.c \
	%D%/sheets_suggestion.c \
	%D%/suggestion_figures.c \
	%D%/suggestion_i.h \
	%D%/suggestion_roadmap.c \
	%D%/suggestion_study.c \
	%D%/suggestion_tables.c \
	%D%/suggestion_words.c \
	%D%/analysis_tables.c \
	%D%/check_study.c \
	%D%/checksheet.c %D%/checksheet_i.h %D%/checksheet_study.c %D%/checksheet_words.c \
	%D%/mix_study.c %D%/sheets_checksheet.c \
	%D%/clerk_i.h \
	%D%/comparison.c %D%/comparison_i.h \
	%D%/comparison_study.c \
	%D%/difference.c \
	%D%/document.c %D%/document_i.h \
	%D%/evidence_doubts.c \
	%D%/evidence_i.h \
	%D%/evidence_study.c \
	%D%/evidence_tests.c \
	%D%/evidence_words.c \
	%D%/figure.c %D%/figure_i.h \
	%D%/forecast.c \
	%D%/front_evidence.c \
	%D%/front_analysis.c \
	%D%/front_check.c \
	%D%/front_first.c \
	%D%/front_i.h \
	%D%/front_simulation.c \
	%D%/front_work.c \
	%D%/handout_i.h \
	%D%/follows.c %D%/follows_i.h \
	%D%/heat.c \
	%D%/heat_class.c \
	%D%/levers.c \
	%D%/match.c \
	%D%/measure.c %D%/measure_i.h \
	%D%/mining.c %D%/mining_i.h \
	%D%/mining_basis.c \
	%D%/mining_conformance.c \
	%D%/mining_figures.c \
	%D%/mining_picture.c \
	%D%/mining_people.c \
	%D%/mining_steps.c \
	%D%/mining_times.c \
	%D%/mining_ways.c \
	%D%/mining_standard.c %D%/mining_waits.c %D%/mining_waits_i.h \
	%D%/mining_when.c \
	%D%/money_citizens.c \
	%D%/money_costs.c \
	%D%/money_i.h \
	%D%/money_measures.c \
	%D%/money_tornado.c \
	%D%/money_waterfall.c \
	%D%/origin_study.c \
	%D%/pages.c %D%/pages_i.h \
	%D%/pages_change.c \
	%D%/pages_clerk.c \
	%D%/pages_frame.c \
	%D%/pages_decide.c \
	%D%/pages_forms.c \
	%D%/pages_front.c \
	%D%/pages_handout.c \
	%D%/pages_mining.c \
	%D%/pages_money.c \
	%D%/pages_practice.c \
	%D%/pages_source.c \
	%D%/source_assumptions.c %D%/source_i.h %D%/source_words.c \
	%D%/ways.c %D%/ways_i.h \
	%D%/pages_visit.c \
	%D%/pages_waiting.c \
	%D%/pages_whom.c \
	%D%/pairs.c \
	%D%/problems.c \
	%D%/queue_days.c \
	%D%/queue_pair.c \
	%D%/queue_rank.c \
	%D%/queue_study.c \
	%D%/ribbon.c %D%/ribbon_i.h \
	%D%/savings.c %D%/savings_i.h \
	%D%/say.c \
	%D%/share_study.c %D%/share_study_i.h \
	%D%/sheets.c %D%/sheets_i.h \
	%D%/sheets_check.c \
	%D%/sheets_figure.c \
	%D%/sheets_kpi.c \
	%D%/sheets_mining.c \
	%D%/sheets_matrix.c \
	%D%/sheets_steps.c \
	%D%/sheets_waiting.c \
	%D%/simulation_exact.c \
	%D%/simulation_figures.c \
	%D%/simulation_hours.c \
	%D%/simulation_i.h \
	%D%/simulation_study.c \
	%D%/simulation_tables.c \
	%D%/sound_study.c %D%/study_i.h \
	%D%/improve_i.h %D%/staffing_study.c %D%/sticking_study.c \
	%D%/trial_i.h %D%/trial_study.c \
	%D%/visit.c %D%/visit_i.h %D%/visit_beside.c %D%/visit_place.c \
	%D%/waiting_doubts.c %D%/waiting_elsewhere.c %D%/waiting_hours.c \
	%D%/waiting_i.h %D%/waiting_load.c %D%/waiting_spread.c \
	%D%/way.c \
	%D%/words.c %D%/words_i.h
