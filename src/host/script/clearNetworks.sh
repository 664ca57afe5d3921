# Takes away the Docker networks on an owner's links that a killed run has made and no state knows: all that have the stack's label, because the
# engine has deleted by then what the state holds.
# Reads: $spec, with the links that are taken away; argument: the value of the label, or none. Prints: nothing. May fail: when a container is on
# one of them, before anything is changed.
clear_networks() {
  { [ -n "$1" ] && command -v docker >/dev/null; } || return 0
  # Without an Engine that answers there is nothing to take away by it.
  networks=$(docker network ls --quiet --no-trunc --filter "label=vlan-trunk.owner=$1" 2>/dev/null)
  [ -n "$networks" ] || return 0
  # shellcheck disable=SC2086 # IDs, one word each
  docker network inspect --format '{{.Id}} {{index .Options "parent"}}' $networks 2>/dev/null | while read -r id parent; do
    printf '%s\n' "$spec" | awk -v link="$parent" '$1 == "vlan" && $2 == link { isOurs = 1 } END { exit !isOurs }' || continue
    docker network rm "$id" 2>&1 >/dev/null
  done | if said=$(cat) && [ -n "$said" ]; then fail "$said" "nothing was removed"; fi || exit 1
}
