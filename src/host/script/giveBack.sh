# Gives others' routes back that the kernel took away together with our addresses.
# Reads: $before; argument: the observation after the change. Prints: the routes that cannot be given back. May fail: never.
give_back() {
  [ -z "$(plan_giving_back "$before" "$1")" ] || {
    plan_giving_back "$before" "$1" | sed -n 's/^do //p' | while read -r line; do printf '%s\n' "$line" | ip -batch - >/dev/null 2>&1; done
    plan_giving_back "$before" "$(observe)" | sed -n 's/^do route replace //p'
  }
}
