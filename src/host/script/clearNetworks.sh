# Takes away the Docker networks on an owner's links that have the stack's label: with a removal all of them, which the engine leaves to it;
# with a sweep what a killed run has made and no state knows, because the engine has deleted by then what the state holds.
# Reads: $spec, with the links that are taken away; argument: the value of the label, or none. Prints: nothing. May fail: when a container is on
# one of them, or the Engine does not answer, before anything is changed. Sets: $networks to those that it has taken away.
clear_networks() {
  networks=
  { [ -n "$1" ] && command -v docker >/dev/null; } || return 0
  networks=$(docker network ls --quiet --no-trunc --filter "label=vlan-trunk.owner=$1" 2>/dev/null) || { no_answer; return 0; }
  [ -n "$networks" ] || return 0
  # shellcheck disable=SC2086 # IDs, one word each
  networks=$(docker network inspect --format '{{.Id}} {{index .Options "parent"}}' $networks 2>/dev/null) ||
    # One that has gone since is an error too.
    docker version >/dev/null 2>&1 || { no_answer; return 0; }
  networks=$({ printf '%s\n' "$spec"; taken_over "$1"; echo --; printf '%s\n' "$networks"; } |
    awk '$1 == "--" { listed = 1; next } !listed && $1 == "vlan" { isOurs[$2] = 1 } !listed && $1 == "taken" { delete isOurs[$2] } listed && $2 in isOurs { print $1 }')
  [ -n "$networks" ] || return 0
  wait_for_containers "$1" "$networks"
  # Docker would first remove those on which there is none.
  # shellcheck disable=SC2086 # IDs, one word each
  used=$(docker network inspect --format '{{range .Containers}}{{$.Name}} {{.Name}}{{"\n"}}{{end}}' $networks 2>/dev/null | sort |
    awk 'NF < 2 { next } $1 == last { printf ", %s", $2; next } { printf "%sDocker network %s is still used by %s", (last == "" ? "" : "\n"), $1, $2; last = $1 }')
  [ -z "$used" ] || fail "$used" "nothing was removed: take these containers off it first"
  # shellcheck disable=SC2086 # IDs, one word each
  said=$(docker network rm $networks 2>&1 >/dev/null) || fail "$said" "nothing was removed"
}

# One that is stopped keeps its networks, and makes their parents anew as soon as it starts. Where it is not installed, it has none.
no_answer() {
  ! command -v dockerd >/dev/null || fail "Docker does not answer on this host, so no networks can be removed: start it and run the same command again" "nothing was removed"
}

# "taken LINK" for each link that another owner of the same stack uses by now: after a rename the networks stay, with their links.
taken_over() {
  find "$revisions" -type f ! -name '.*' ! -name "$owner" -exec grep -lxF "label $1" {} + 2>/dev/null | while read -r file; do
    sed -n 's/^\(.*\) used$/taken \1/p' "$records/${file##*/}" 2>/dev/null
  done
}

# The engine has all containers of a host removed at the same time as its links. A minute is more than that takes.
wait_for_containers() {
  # shellcheck disable=SC2086 # IDs, one word each
  filters=$(printf ' --filter network=%s' $2)
  since=$(uptime_seconds)
  waited=
  # shellcheck disable=SC2086 # words
  while present=$(docker ps --all --quiet --filter "label=vlan-trunk.owner=$1" $filters) && [ -n "$present" ] && [ "$(($(uptime_seconds) - since))" -lt 60 ]; do
    # Once until they have stopped, which costs the host less than asking again and again. Not every system has timeout.
    # shellcheck disable=SC2086 # IDs, one word each
    { [ -z "$waited" ] && waited=yes && timeout 20 docker wait $present >/dev/null 2>&1 </dev/null; } || sleep 1
  done
}
