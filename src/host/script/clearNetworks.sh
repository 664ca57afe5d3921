# Takes away the Docker networks on an owner's links that have the stack's label: with a removal all of them, which the engine leaves to it;
# with a sweep what a killed run has made and no state knows, because the engine has deleted by then what the state holds.
# Reads: $spec, with the links that are taken away; argument: the value of the label, or none. Prints: nothing. May fail: when a container is on
# one of them, or the Engine does not answer, before anything is changed. Sets: $networks to those that it has taken away.
clear_networks() {
  networks=
  { [ -n "$1" ] && command -v docker >/dev/null; } || return 0
  case $1 in *[!A-Za-z0-9._-]*) fail "not a label of networks: $1" ;; esac
  networks=$(ids_of 'networks?' "$1") || { no_answer; return 0; }
  [ -n "$networks" ] || return 0
  # Before the networks are asked who is on them: one that goes in between is on none.
  own=$(ids_of 'containers/json?all=1&' "$1") || { no_answer; return 0; }
  # shellcheck disable=SC2086 # IDs, one word each
  listed=$(docker network inspect --format '{{.Id}} {{.Name}} on={{index .Options "parent"}}{{range $id, $one := .Containers}} {{$id}} {{$one.Name}}{{end}}' $networks 2>/dev/null) ||
    # One that has gone since is an error too.
    docker version >/dev/null 2>&1 || { no_answer; return 0; }
  listed=$({ printf '%s\n' "$spec"; taken_over "$1"; echo --; printf '%s\n' "$listed"; } |
    awk '$1 == "--" { listed = 1; next } !listed && $1 == "vlan" { isOurs["on=" $2] = 1 } !listed && $1 == "taken" { delete isOurs["on=" $2] } listed && $3 in isOurs')
  networks=$(printf '%s\n' "$listed" | sed 's/ .*//')
  [ -n "$networks" ] || return 0
  # Docker would first remove those on which there is none.
  used=$(printf '%s\n' "$own" -- "$listed" | awk '
    $1 == "--" { others = 1; next }
    !others { isOwn[$1] = 1; next }
    { for (i = 4; i < NF; i += 2) if (!($i in isOwn)) print $2, $(i + 1) }' | sort |
    awk '$1 == last { printf ", %s", $2; next } { printf "%sDocker network %s is still used by %s", (last == "" ? "" : "\n"), $1, $2; last = $1 }')
  [ -z "$used" ] || fail "$used" "nothing was removed: take these containers off it and run the same command again"
  remove_networks "$networks" "$(printf '%s\n' "$listed" | awk '{ for (i = 4; i < NF; i += 2) if (!known[$i]++) print $i }')"
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

# What Docker has with a label, the second argument. May fail: when it does not answer.
ids_of() {
  # In an answer to HTTP/1.0 no ID is cut in two. One in a label would stand between backslashes.
  printf 'GET /%sfilters=%%7B%%22label%%22%%3A%%5B%%22vlan-trunk.owner%%3D%s%%22%%5D%%7D HTTP/1.0\r\nHost: docker\r\n\r\n' "$1" "$2" | ask_docker |
    grep -oE '^HTTP/1[.][01] [0-9]+|"Id":"[0-9a-f]{64}"' | awk 'NR == 1 { answered = $2 == 200; next } { print substr($0, 7, 64) } END { exit !answered }'
}

# Those of some networks, the argument, that Docker has not removed.
not_removed() {
  {
    # shellcheck disable=SC2086 # IDs, one word each
    printf 'DELETE /networks/%s HTTP/1.1\r\nHost: docker\r\n\r\n' $1
    printf 'GET /_ping HTTP/1.0\r\n\r\n'
  } | ask_docker | grep -oE '^HTTP/1[.][01] [0-9]+' | asked="$1" awk '
    { status[NR] = $2 }
    END { n = split(ENVIRON["asked"], id, "\n"); for (i = 1; i <= n; i++) if (status[i] != 204 && status[i] != 404) print id[i] }'
}

# The engine has all containers of a host, the second argument, removed at the same time as its links: a network of theirs goes after them. A minute is more
# than that takes.
remove_networks() {
  since=$(uptime_seconds)
  # Until they have stopped, which costs the host less than asking again and again. Not every system has timeout.
  # shellcheck disable=SC2086 # IDs, one word each
  [ -z "$2" ] || timeout 20 docker wait $2 >/dev/null 2>&1 </dev/null
  rest=$(not_removed "$1")
  until [ -z "$rest" ] || [ -z "$2" ] || [ "$(uptime_seconds)" -ge $((since + 20)) ]; do
    sleep 0.5 2>/dev/null || sleep 1
    rest=$(not_removed "$rest")
  done
  [ -n "$rest" ] || return 0
  # shellcheck disable=SC2086 # IDs, one word each
  while ! said=$(docker network rm $rest 2>&1 >/dev/null); do
    advice='run the same command again once Docker can remove its networks'
    # Those without containers have gone.
    there=$(docker network ls --quiet --no-trunc 2>/dev/null) || fail "$said" "no link was removed: $advice"
    rest=$(printf '%s\n' "$there" -- "$rest" | awk '$1 == "--" { asked = 1; next } !asked { there[$1] = 1; next } $1 in there')
    [ -n "$rest" ] || return 0
    left=0
    case $said in *'active endpoints'*) left=$((60 + since - $(uptime_seconds))) advice='take these containers off their networks and run the same command again' ;; esac
    [ "$left" -gt 0 ] || fail "$said" "no link was removed: $advice"
    sleep 1
  done
}
