# SPDX-License-Identifier: GPL-3.0-or-later
# Completion scripts: they are valid, and they offer what the option table has.
load helper

# offer WORD...: what bash would offer for the last word.
offer() {
	bash -c '
		source <("$BPR" completion bash)
		COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
		_bpr
		printf "%s\n" "${COMPREPLY[@]}"' bash "$@" | sort
}

@test "bash: commands" {
	[ "$(offer bpr an)" = analyze ]
	[ "$(offer bpr comp | tr '\n' ' ')" = 'compare completion ' ]
}

@test "bash: every option of every command" {
	for c in $("$BPR" help --words); do
		[ "$(offer bpr "$c" --)" = "$("$BPR" help --words "$c" | sort)" ]
	done
}

@test "bash: values of an option, in both ways of writing" {
	has 'csv html json md pdf text ' "$(offer bpr analyze --format '' | tr '\n' ' ')"
	[ "$(offer bpr analyze -f j)" = json ]
	[ "$(offer bpr analyze --format = j)" = json ]
	[ "$(offer bpr analyze --lang = | tr '\n' ' ')" = 'en ja ' ]
	[ "$(offer bpr check --parts '' | tr '\n' ' ')" = 'details front source ' ]
	[ "$(offer bpr analyze --distribution counter)" = counter_visits ]
}

@test "bash: files for inputs and outputs; nothing for free values" {
	touch flow.csv
	[ "$(offer bpr analyze fl)" = flow.csv ]
	[ "$(offer bpr analyze -o fl)" = flow.csv ]
	[ -z "$(offer bpr analyze --seed f)" ]
}

@test "bash: words of explain, shells of completion, commands of help" {
	offer bpr explain counter | grep -qx counter_visits
	[ "$(offer bpr completion '' | tr '\n' ' ')" = 'bash fish zsh ' ]
	[ "$(offer bpr help sim)" = simulate ]
}

@test "every shell's script has every option, in either language" {
	for s in bash zsh fish; do
		for l in en ja; do
			"$BPR" completion $s --lang $l >script
			for c in $("$BPR" help --words); do
				for w in $("$BPR" help --words "$c"); do
					w=${w#--}
					grep -qE -- "--${w%=}|-l ${w%=}( |$)" script || { echo "$s $c $w"; return 1; }
				done
			done
		done
	done
}

@test "zsh and fish take the scripts" {
	done=0
	for s in zsh fish; do
		if command -v $s >/dev/null; then
			"$BPR" completion $s >script
			$s -n script
			done=1
		fi
	done
	bash -n <("$BPR" completion bash)
	[ $done -eq 1 ] || skip 'neither zsh nor fish is installed'
}

@test "fish offers commands, options and values" {
	command -v fish >/dev/null || skip 'fish is not installed'
	"$BPR" completion fish >script
	offer_fish() { HOME=$PWD PATH=$(dirname "$BPR"):$PATH fish -c "source script; complete -C '$1'" | cut -f 1 | tr '\n' ' '; }
	[ "$(offer_fish 'bpr an')" = 'analyze ' ]
	[ "$(offer_fish 'bpr analyze --form')" = '--format ' ]
	has 'csv html json md pdf text ' "$(offer_fish 'bpr analyze --format ')"
	[ "$(offer_fish 'bpr completion ')" = 'bash fish zsh ' ]
	[ "$(offer_fish 'bpr explain counter')" = 'counter_visits ' ]
}
