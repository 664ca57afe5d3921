# Makes the host match the spec, verifies that it does, and undoes everything when it does not.
# Reads: $before, $spec, the host. Prints: the links, warnings, the ID of a change that is armed. May fail: on a contradiction, before any change; on a step or a check that fails, after undoing.
apply() {
  todo=$(plan "$before") || fail "could not plan, nothing was changed"
  warnings=$(warnings "$todo")
  vanished=$(lost_links "$todo")
  problems=$(part "$todo" problem; no_return; no_routing "$(part "$todo" note)")
  [ -z "$problems" ] || fail "$problems" "nothing was changed"
  if [ "$action" = apply ]; then
    lasting=$(lasting_spec)
    ! is_risky "$todo" || arm
  fi
  # The record comes first: recorded and not there is harmless, there and not recorded would stay for ever. It names what is taken away as well,
  # until that has gone: a run that is cut off in between is followed by another one.
  notes=$(part "$todo" note)
  both=$({ printf '%s\n' "$notes"; own_notes "$before"; } | awk 'NF && !kept[$0]++')
  said=$(write_record "$both" 2>&1) ||
    { disarm; fail "$said" "could not write to this host's disk, nothing was changed"; }
  # Before the links, so that nothing passes in between.
  put_routing "$notes" || roll_back "$words"
  # A second pass, because the kernel takes secondary addresses away together with their primary one.
  for _ in 1 2; do
    said=$(take_steps "$todo") || roll_back "ip failed: $said"
    see || roll_back "could not read the links back: $words"
    now=$observed
    todo=$(plan "$now") || roll_back "could not plan"
    undone=$(steps "$todo")
    [ -n "$undone" ] || break
  done
  lost=$(give_back "$now") || roll_back "could not read the links back: $lost"
  [ -z "$lost" ] || roll_back "$(printf '%s\n' "$lost" | sed 's/^/would be lost, and is not ours: route /')"
  wrong=$(part "$todo" problem; [ -z "$undone" ] || printf '%s\n' "$undone" | sed 's/^/had no effect: /')
  [ -z "$wrong" ] || roll_back "$wrong"
  end_forwarding "$notes"
  [ "$both" = "$notes" ] || said=$(write_record "$notes" 2>&1) || roll_back "$said" "could not write to $records"
  settle
  keep_reach
  # A boot is not a new apply, and comes before Docker.
  if [ "$action" = apply ]; then
    if [ -n "$armed" ]; then said=$(extend "$now" 2>&1); else said=$(write_revision "${revision:--}" "$now" 2>&1); fi ||
      roll_back "$said" "could not write to $records"
    [ -n "$armed" ] || drop_report
    flush
    unlock
    revive "$vanished"
  fi
  declared_links
  [ -z "$warnings" ] || printf '%s\n' "$warnings"
  # The controller confirms it, over a new connection.
  [ -z "$armed" ] || echo "armed $armed"
}

# The links of the spec, in one line.
declared_links() {
  text='as declared:'
  blanks=$IFS
  IFS='
'
  for line in $spec; do
    case $line in 'vlan '* | 'shim '*) line=${line#* } && text="$text ${line%% *}" ;; esac
  done
  IFS=$blanks
  printf '%s\n' "$text"
}
