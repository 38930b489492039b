# SPDX-License-Identifier: GPL-3.0-or-later
libbprcore_la_SOURCES += \
	%D%/evaluate.c \
	%D%/exact.c \
	%D%/improve_i.h \
	%D%/plan.c \
	%D%/plan_i.h \
	%D%/plan_model.c \
	%D%/plan_schedule.c \
	%D%/plan_sets.c \
	%D%/plan_tornado.c \
	%D%/plan_value.c \
	%D%/roster.c \
	%D%/search.c %D%/search_i.h \
	%D%/sensitivity.c \
	%D%/shift.c \
	%D%/staffing.c \
	%D%/start.c \
	%D%/sticking.c \
	%D%/target.c \
	%D%/tornado.c \
	%D%/tornado_back.c \
	%D%/tornado_gather.c \
	%D%/tornado_i.h \
	%D%/tornado_model.c \
	%D%/trial.c
libbprcore_la_SOURCES += %D%/lever_i.h
libbprcore_la_SOURCES += \
	%D%/lever.c \
	%D%/lever_automate.c \
	%D%/lever_channel.c \
	%D%/lever_common.c \
	%D%/lever_counter.c \
	%D%/lever_equal.c \
	%D%/lever_online.c \
	%D%/lever_shape.c %D%/lever_shape_i.h \
	%D%/lever_unite.c \
	%D%/lever_column_i.h \
	%D%/lever_form.c \
	%D%/lever_kind.c \
	%D%/lever_merge.c \
	%D%/lever_read.c \
	%D%/lever_seal.c \
	%D%/lever_sheet.c \
	%D%/lever_staff.c \
	%D%/lever_target.c \
	%D%/lever_value.c \
	%D%/lever_way.c \
	%D%/lever_write.c
libbprcore_la_SOURCES += \
	%D%/assumption.c \
	%D%/candidate.c \
	%D%/candidate_counter.c \
	%D%/candidate_i.h \
	%D%/candidate_step.c \
	%D%/candidate_wait.c \
	%D%/candidate_write.c \
	%D%/choose_i.h \
	%D%/choose_list.c \
	%D%/choose_model.c \
	%D%/choose_new.c \
	%D%/choose_pairs.c \
	%D%/choose_sets.c \
	%D%/suggest.c \
	%D%/suggest_choose.c \
	%D%/suggest_front.c \
	%D%/suggest_i.h \
	%D%/suggest_rpa.c \
	%D%/suggest_unit.c \
	%D%/suggest_value.c \
	%D%/suggest_way.c \
	%D%/value_i.h
