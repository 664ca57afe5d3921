# Undoes what this run changed, reads back, and reports what was read.
# Reads: $before, the host; arguments: why. Prints: why, and what is left, on stderr. May fail: always ends the run with an error.
roll_back() {
  for _ in 1 2; do
    take_steps "$(plan_undo "$before" "$(observe)")" >/dev/null
  done
  left=$(facts_of "$(observe)")
  [ "$left" = "$(facts_of "$before")" ] || fail "$@" "not all of it could be undone; now there is:" "$left"
  write_record "$(own_notes "$before")"
  fail "$@" "undone: the links are as they were before"
}
