# SPDX-License-Identifier: GPL-3.0-or-later
# The script that sets everything up: what it says where something is missing. It installs nothing here.
load helper

# A copy of the script alone, with only these tools in the PATH.
bare() {
	cp "$abs_top_srcdir/bootstrap" .
	mkdir -p bin
	for t in "$@"; do
		ln -sf "$(command -v "$t")" "bin/$t"
	done
}

@test "bootstrap names what is missing, for Debian, Fedora and Homebrew" {
	bare dirname cat grep locale
	run -1 env PATH="$PWD/bin" "$(command -v sh)" ./bootstrap
	has 'missing:' "$output"
	has 'apt-get install build-essential autoconf automake libtool autoconf-archive pkg-config libxml2-dev' "$output"
	has 'libigraph-dev libgsl-dev libjansson-dev libxlsxwriter-dev libminizip-dev libarchive-dev zlib1g-dev libxxhash-dev nettle-dev librsvg2-dev libpango1.0-dev libcsv-dev libglpk-dev libunistring-dev' "$output"
	has 'dnf install' "$output"
	has 'brew install' "$output"
}

@test "bootstrap --install without apt-get says what to do" {
	bare dirname cat grep locale id
	run -1 env PATH="$PWD/bin" "$(command -v sh)" ./bootstrap --install
	has 'no apt-get' "$output"
	run -1 env PATH="$PWD/bin" "$(command -v sh)" ./bootstrap --check
	[ "${lines[-1]}" = '0 passed, 1 failed, 0 skipped' ]
}

@test "bootstrap --help, and an unknown option" {
	run -0 sh "$abs_top_srcdir/bootstrap" --help
	has '--demo' "$output"
	run -2 sh "$abs_top_srcdir/bootstrap" --bogus
	has "unknown option '--bogus'" "$output"
}
