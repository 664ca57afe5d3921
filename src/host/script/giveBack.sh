# Gives others' routes back that the kernel took away together with our addresses.
# Reads: $before; argument: the observation after the change. Prints: the routes that cannot be given back, or why it failed. May fail: when the
# host cannot be read.
give_back() {
  taken=$(plan_giving_back "$before" "$1") || return 1
  [ -n "$taken" ] || return 0
  # One by one: each that can be given back is.
  printf '%s\n' "$taken" | sed -n 's/^do //p' | while read -r line; do printf '%s\n' "$line" | ip -batch - >/dev/null 2>&1; done
  see || { printf '%s\n' "$words"; return 1; }
  plan_giving_back "$before" "$observed" | sed -n 's/^do route replace //p'
}
