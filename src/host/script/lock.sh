# One run at a time changes this host. On a folder that every host has, so that no lock file of ours is left behind.
# Reads: nothing; argument: for how many seconds to wait. Prints: nothing. May fail: when others hold the lock for that long, by default five
# minutes, of which each needs a second or two.
lock() { try_lock "${1:-300}" || fail "other runs have held the lock on this host for ${1:-300} s: run the same command again once they have ended"; }

try_lock() {
  exec 9</var/lib
  flock -w "$1" 9
}

unlock() { exec 9<&-; }
