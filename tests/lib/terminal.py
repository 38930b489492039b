#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a command on a terminal of its own: terminal.py [-o FILE] [TEXT=KEYS]... -- COMMAND...

When TEXT has appeared, KEYS are typed once (^C is Ctrl-C, ^D the end of input, ^M a line end); KEYS such as 30x10 make the window so many
columns and rows instead. What the terminal showed is printed; standard output goes to FILE
where that is given. The exit status is the command's; 99 where the terminal is not given back as it was.
"""
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time


def main(argv):
	output = None
	if argv[:1] == ["-o"]:
		output, argv = argv[1], argv[2:]
	at = argv.index("--")
	keys = [tuple(a.split("=", 1)) for a in argv[:at]]
	pid, master = pty.fork()
	if not pid:
		if output:
			os.dup2(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666), 1)
		signal.signal(signal.SIGINT, signal.SIG_DFL)  # ignored where a test runs in the background
		os.execvp(argv[at + 1], argv[at + 1:])
	before = termios.tcgetattr(master)
	seen = b""
	end = time.monotonic() + 60
	while time.monotonic() < end:
		if select.select([master], [], [], 0.1)[0]:
			try:
				data = os.read(master, 65536)
			except OSError:
				break
			if not data:
				break
			seen += data
		while keys and keys[0][0].encode() in seen:
			text = keys.pop(0)[1]
			size = re.fullmatch("([0-9]+)x([0-9]+)", text)
			if size:
				fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", int(size[2]), int(size[1]), 0, 0))
				continue
			for name, key in (("^C", "\x03"), ("^D", "\x04"), ("^M", "\r")):
				text = text.replace(name, key)
			os.write(master, text.encode())
	else:
		os.kill(pid, signal.SIGKILL)
	same = True
	try:
		after = termios.tcgetattr(master)
		same = before[3] == after[3]
	except termios.error:
		pass
	status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
	sys.stdout.write(seen.decode("utf-8", "replace"))
	return status if same else 99


if __name__ == "__main__":
	sys.exit(main(sys.argv[1:]))
