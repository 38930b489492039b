# SPDX-License-Identifier: GPL-3.0-or-later
dist_schema_DATA += \
	%D%/analysis-1.schema.json \
	%D%/check-1.schema.json \
	%D%/class-1.schema.json \
	%D%/checksheet-1.schema.json %D%/household-mix-1.schema.json \
	%D%/comparison-1.schema.json \
	%D%/drill-1.schema.json \
	%D%/evidence-1.schema.json \
	%D%/flow-1.schema.json \
	%D%/mining-1.schema.json \
	%D%/progress-1.schema.json \
	%D%/municipalities-1.schema.json \
	%D%/pack-1.schema.json \
	%D%/share-1.schema.json \
	%D%/simulation-1.schema.json \
	%D%/suggestion-1.schema.json \
	%D%/walk-1.schema.json
