# Undoes what this run changed, reads back, and reports what was read.
# Reads: $before, the host; arguments: why. Prints: why, and what is left, on stderr. May fail: always ends the run with an error.
roll_back() {
  # One step that fails must not keep the others from being undone.
  force=-force
  lasting=$kept_spec
  for _ in 1 2; do
    see || keep_both_records "$@" "could not be undone, because the links cannot be read: $words"
    take_steps "$(plan_undo "$before" "$observed")" >/dev/null
  done
  put_routing "$(own_notes "$before")" || keep_both_records "$@" "undone, but the rules for routing are not: $words"
  resume_forwarding
  see || keep_both_records "$@" "undone, but the links cannot be read back: $words"
  left=$(facts_of "$observed")
  [ "$left" = "$(facts_of "$before")" ] || keep_both_records "$@" "not all of it could be undone; now there is:" "$left"
  missed=$(steps_to_way)
  [ -z "$missed" ] || keep_both_records "$@" "not all of it could be undone; what is missing:" "$missed"
  said=$(write_record "$(own_notes "$before")" 2>&1) || end_undone "$@" "undone: the links are as they were before, but the record is not: $said"
  end_undone "$@" "undone: the links are as they were before"
}

# With $guarded: what worked before the change must work after it.
keep_reach() {
  [ -n "$guarded" ] || return 0
  lost=$(lost_reach)
  [ -z "$lost" ] || roll_back "$lost"
}

# Of an armed change also what the way to this host needs.
steps_to_way() { [ -z "$guarded" ] || steps "$(plan_undo "$before" "$observed")"; }

# What worked before the change is asked for again.
end_undone() {
  if [ -n "$guarded" ]; then
    lost=$(lost_reach)
    set -- "$@" "${lost:-what this host reached before the change it reaches again}"
    disarm
  fi
  # Else a boot might make what failed.
  flush
  fail "$@"
}

# What may still be there stays ours, and so does what was there before.
keep_both_records() {
  said=$(write_record "$({ own_notes "$before"; cat "$records/$owner" 2>/dev/null; } | awk 'NF && !kept[$0]++')" 2>&1) ||
    set -- "$@" "the record could not be written: $said"
  end_undone "$@"
}
