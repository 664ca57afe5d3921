# Takes away what apply made, and nothing else: all of an owner, or what it declares no more.
# Reads: $before, $spec, the record. Prints: nothing. May fail: when it would cut the host off, when a step
# fails or has no effect, or the host cannot be read; the record stays then. Nothing is armed: at a destroy no program runs that would confirm it.
remove() { take_away; }
sweep() { take_away; }

take_away() {
  # Each removal begins with what the record still names.
  again="what is not removed yet stays recorded on this host: run the same command again"
  plan_taking_away
  clear_networks "$label"
  # Docker may have taken links of its own away with them.
  [ -z "$networks" ] || { see || fail "could not read the links of this host: $words" "$again"; before=$observed; plan_taking_away; }
  ! is_risky "$todo" || guard
  # NetworkManager would make anew what it has made.
  said=$(take_keyfiles "$(part "$todo" note)" 2>&1) || fail "$said" "could not take links from NetworkManager, no link was removed: run the same command again once it answers"
  said=$(batch "$(part "$todo" 'do')") || fail "ip failed: $said" "$again"
  see || fail "could not read the links back: $words" "$again"
  now=$observed
  # What cannot be without our addresses goes: only a host that cannot be read is an error.
  lost=$(give_back "$now") || fail "could not read the links back: $lost" "$again"
  rest=$(plan_removal "$now") || fail "could not plan" "$again"
  left=$(part "$rest" 'do' | grep ' del ')
  [ -z "$left" ] || fail "still there after it was deleted:" "$left" "another program, such as a network manager, has made it anew: have it let go of that, and run the same command again"
  keep_reach
  put_routing "$(part "$todo" note)" || fail "$words" "$again"
  end_forwarding "$(part "$todo" note)"
  said=$(write_record "$(part "$todo" note)" 2>&1) || fail "$said" "could not write to this host's disk: make that possible (df, mount) and run the same command again"
  # Else the unit would make the links anew.
  flush
}

plan_taking_away() {
  todo=$(plan_removal "$before") || fail "could not plan, nothing was removed"
  problems=$(part "$todo" problem)
  [ -z "$problems" ] || fail "$problems" "nothing was removed"
}
