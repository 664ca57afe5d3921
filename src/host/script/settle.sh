# Waits until the kernel knows whether another machine has an IPv6 address of a shim. It asks for up to two seconds (RFC 4862), and until then
# nothing can use the address. Nothing holds the lock meanwhile. Without a cable the answer never comes: three seconds at most.
# Reads: $spec, the shim's addresses. Prints: nothing. May fail: on an address that another machine has, after undoing.
settle() {
  shim=$(part "$spec" shim)
  shim=${shim%% *}
  [ -n "$shim" ] && part "$spec" address | grep -q : || return 0
  if asks; then
    # What is armed would be taken back in between.
    put_off 30
    unlock
    since=$(uptime_seconds)
    while asks && [ "$(($(uptime_seconds) - since))" -lt 3 ]; do
      # Not every sleep knows parts of a second.
      sleep 0.1 2>/dev/null || sleep 1
    done
    lock
  fi
  # Also where nothing is asked any more: the answer may have come since the last observation.
  see || roll_back "could not read the links back: $words"
  todo=$(plan "$observed") || roll_back "could not plan"
  wrong=$(part "$todo" problem)
  [ -z "$wrong" ] || roll_back "$wrong"
}

asks() { run_awk "$tentative_awk" "$(read_all ip -o -6 addr show dev "$shim" 2>/dev/null | awk "$observe_addresses_awk")"; }
