# Takes away what apply made, and nothing else.
# Reads: $before, $spec, the record. Prints: nothing. May fail: when a step fails or has no effect; the record stays then.
remove() {
  todo=$(plan_removal "$before") || fail "could not plan, nothing was removed"
  said=$(batch "$(part "$todo" do)") || fail "ip failed: $said"
  now=$(observe)
  give_back "$now" >/dev/null
  left=$(part "$(plan_removal "$now")" do | grep ' del ')
  [ -z "$left" ] || fail "still there after it was deleted:" "$left"
  write_record "$(part "$todo" note)" || fail "could not write to $records"
}
