# One run at a time changes this host. On a folder that every host has, so that no lock file of ours is left behind.
# Reads: nothing. Prints: nothing. May fail: when others hold the lock for five minutes, of which each needs a second or two.
lock() {
  exec 9</var/lib
  flock -w 300 9 || fail "other runs have held the lock on this host for 300 s"
}

unlock() { exec 9<&-; }
