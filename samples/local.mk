# SPDX-License-Identifier: GPL-3.0-or-later
# The samples are installed as they stand: one folder each.
samplesdir = $(pkgdatadir)/samples
samples_kitamidir = $(samplesdir)/kitami
samples_minamisomadir = $(samplesdir)/minamisoma
samples_chibadir = $(samplesdir)/chiba
samples_lifedir = $(samplesdir)/life-events
samples_internaldir = $(samplesdir)/internal
samples_morningdir = $(samplesdir)/morning
samples_peakdir = $(samplesdir)/peak
samples_smellsdir = $(samplesdir)/smells
samples_tabledir = $(samplesdir)/table
samples_evidencedir = $(samplesdir)/evidence
samples_evidence_logsdir = $(samplesdir)/evidence/logs
samples_evidence_reformdir = $(samplesdir)/evidence/reform
samples_proceduresdir = $(samplesdir)/procedures
samples_unsounddir = $(samplesdir)/unsound
samples_drilldir = $(samplesdir)/drill
samples_sharedir = $(samplesdir)/share
dist_samples_DATA = \
	%D%/README.md
dist_samples_evidence_DATA = \
	%D%/evidence/README.md
dist_samples_evidence_reform_DATA = \
	%D%/evidence/reform/README.md \
	%D%/evidence/reform/after.csv \
	%D%/evidence/reform/before.csv \
	%D%/evidence/reform/tickets-after.csv \
	%D%/evidence/reform/tickets-before.csv
dist_samples_evidence_logs_DATA = \
	%D%/evidence/logs/approval.csv \
	%D%/evidence/logs/counter-after.csv \
	%D%/evidence/logs/counter-before.csv \
	%D%/evidence/logs/ticket.csv \
	%D%/evidence/logs/walk.csv
dist_samples_kitami_DATA = \
	%D%/kitami/README.md \
	%D%/kitami/after.bpmn \
	%D%/kitami/after.counters.csv \
	%D%/kitami/after.csv \
	%D%/kitami/after.demand.csv \
	%D%/kitami/after.forms.csv \
	%D%/kitami/after.staff.csv \
	%D%/kitami/after.svg %D%/kitami/report-1.png \
	%D%/kitami/before.bpmn \
	%D%/kitami/before.counters.csv \
	%D%/kitami/before.csv \
	%D%/kitami/before.demand.csv \
	%D%/kitami/before.forms.csv \
	%D%/kitami/before.staff.csv \
	%D%/kitami/levers.csv
dist_samples_minamisoma_DATA = \
	%D%/minamisoma/README.md \
	%D%/minamisoma/after.counters.csv \
	%D%/minamisoma/after.csv \
	%D%/minamisoma/after.demand.csv \
	%D%/minamisoma/after.forms.csv \
	%D%/minamisoma/after.staff.csv \
	%D%/minamisoma/before.counters.csv \
	%D%/minamisoma/before.csv \
	%D%/minamisoma/before.demand.csv \
	%D%/minamisoma/before.forms.csv \
	%D%/minamisoma/before.staff.csv \
	%D%/minamisoma/levers.csv
dist_samples_chiba_DATA = \
	%D%/chiba/README.md \
	%D%/chiba/after.counters.csv \
	%D%/chiba/after.csv \
	%D%/chiba/after.demand.csv \
	%D%/chiba/after.forms.csv \
	%D%/chiba/after.staff.csv \
	%D%/chiba/before.counters.csv \
	%D%/chiba/before.csv \
	%D%/chiba/before.demand.csv \
	%D%/chiba/before.forms.csv \
	%D%/chiba/before.staff.csv \
	%D%/chiba/levers.csv
dist_samples_life_DATA = \
	%D%/life-events/README.md \
	%D%/life-events/konin-after.counters.csv \
	%D%/life-events/konin-after.csv \
	%D%/life-events/konin-after.demand.csv \
	%D%/life-events/konin-after.forms.csv \
	%D%/life-events/konin-after.staff.csv \
	%D%/life-events/konin-before.counters.csv \
	%D%/life-events/konin-before.csv \
	%D%/life-events/konin-before.demand.csv \
	%D%/life-events/konin-before.forms.csv \
	%D%/life-events/konin-before.staff.csv \
	%D%/life-events/rikon-after.counters.csv \
	%D%/life-events/rikon-after.csv \
	%D%/life-events/rikon-after.demand.csv \
	%D%/life-events/rikon-after.forms.csv \
	%D%/life-events/rikon-after.staff.csv \
	%D%/life-events/rikon-before.counters.csv \
	%D%/life-events/rikon-before.csv \
	%D%/life-events/rikon-before.demand.csv \
	%D%/life-events/rikon-before.forms.csv \
	%D%/life-events/rikon-before.staff.csv \
	%D%/life-events/shibo-after.counters.csv \
	%D%/life-events/shibo-after.csv \
	%D%/life-events/shibo-after.demand.csv \
	%D%/life-events/shibo-after.forms.csv \
	%D%/life-events/shibo-after.staff.csv \
	%D%/life-events/shibo-before.counters.csv \
	%D%/life-events/shibo-before.csv \
	%D%/life-events/shibo-before.demand.csv \
	%D%/life-events/shibo-before.forms.csv \
	%D%/life-events/shibo-before.staff.csv \
	%D%/life-events/shussei-after.counters.csv \
	%D%/life-events/shussei-after.csv \
	%D%/life-events/shussei-after.demand.csv \
	%D%/life-events/shussei-after.forms.csv \
	%D%/life-events/shussei-after.staff.csv \
	%D%/life-events/shussei-before.counters.csv \
	%D%/life-events/shussei-before.csv \
	%D%/life-events/shussei-before.demand.csv \
	%D%/life-events/shussei-before.forms.csv \
	%D%/life-events/shussei-before.staff.csv \
	%D%/life-events/tenkyo-after.counters.csv \
	%D%/life-events/tenkyo-after.csv \
	%D%/life-events/tenkyo-after.demand.csv \
	%D%/life-events/tenkyo-after.forms.csv \
	%D%/life-events/tenkyo-after.staff.csv \
	%D%/life-events/tenkyo-before.counters.csv \
	%D%/life-events/tenkyo-before.csv \
	%D%/life-events/tenkyo-before.demand.csv \
	%D%/life-events/tenkyo-before.forms.csv \
	%D%/life-events/tenkyo-before.staff.csv \
	%D%/life-events/tennyu-after.counters.csv \
	%D%/life-events/tennyu-after.csv \
	%D%/life-events/tennyu-after.demand.csv \
	%D%/life-events/tennyu-after.forms.csv \
	%D%/life-events/tennyu-after.staff.csv \
	%D%/life-events/tennyu-before.counters.csv \
	%D%/life-events/tennyu-before.csv \
	%D%/life-events/tennyu-before.demand.csv \
	%D%/life-events/tennyu-before.forms.csv \
	%D%/life-events/tennyu-before.staff.csv \
	%D%/life-events/tenshutsu-after.counters.csv \
	%D%/life-events/tenshutsu-after.csv \
	%D%/life-events/tenshutsu-after.demand.csv \
	%D%/life-events/tenshutsu-after.forms.csv \
	%D%/life-events/tenshutsu-after.staff.csv \
	%D%/life-events/tenshutsu-before.counters.csv \
	%D%/life-events/tenshutsu-before.csv \
	%D%/life-events/tenshutsu-before.demand.csv \
	%D%/life-events/tenshutsu-before.forms.csv \
	%D%/life-events/tenshutsu-before.staff.csv
dist_samples_internal_DATA = \
	%D%/internal/README.md \
	%D%/internal/after.csv \
	%D%/internal/after.demand.csv \
	%D%/internal/after.staff.csv \
	%D%/internal/before.csv \
	%D%/internal/before.demand.csv \
	%D%/internal/before.staff.csv
dist_samples_table_DATA = \
	%D%/table/README.md \
	%D%/table/flow.csv \
	%D%/table/flow.forms.csv
dist_samples_smells_DATA = \
	%D%/smells/README.md \
	%D%/smells/flow.counters.csv \
	%D%/smells/flow.csv \
	%D%/smells/flow.demand.csv \
	%D%/smells/flow.forms.csv \
	%D%/smells/flow.staff.csv
dist_samples_unsound_DATA = \
	%D%/unsound/README.md \
	%D%/unsound/dead.csv \
	%D%/unsound/deadlock.csv \
	%D%/unsound/messages.bpmn \
	%D%/unsound/unsafe.csv
dist_samples_morning_DATA = \
	%D%/morning/README.md \
	%D%/morning/flow.csv \
	%D%/morning/flow.demand.csv \
	%D%/morning/flow.staff.csv
dist_samples_peak_DATA = \
	%D%/peak/README.md \
	%D%/peak/flow.counters.csv \
	%D%/peak/flow.csv \
	%D%/peak/flow.demand.csv \
	%D%/peak/flow.forms.csv \
	%D%/peak/flow.staff.csv
dist_samples_drill_DATA = \
	%D%/drill/README.md \
	%D%/drill/choices.csv \
	%D%/drill/household.json \
	%D%/drill/pack.ini
dist_samples_share_DATA = \
	%D%/share/README.md \
	%D%/share/kitamachi.counters.csv \
	%D%/share/kitamachi.csv \
	%D%/share/kitamachi.demand.csv \
	%D%/share/kitamachi.forms.csv \
	%D%/share/kitamachi.levers.csv \
	%D%/share/kitamachi.staff.csv \
	%D%/share/oohashi.counters.csv \
	%D%/share/oohashi.csv \
	%D%/share/oohashi.demand.csv \
	%D%/share/oohashi.forms.csv \
	%D%/share/oohashi.levers.csv \
	%D%/share/oohashi.staff.csv
dist_samples_procedures_DATA = \
	%D%/procedures/README.md \
	%D%/procedures/households.json \
	%D%/procedures/mix.csv \
	%D%/procedures/procedures.csv \
	%D%/procedures/small.dmn
