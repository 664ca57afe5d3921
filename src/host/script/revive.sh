# Restarts the containers whose interfaces went with a link that somebody deleted. Docker does not notice, and a container gets an interface
# only when it starts.
# Reads: $before, $owner, docker. Prints: warnings. May fail: never; a host without docker has no such containers.

# Prints the links of the record that a plan, its argument, makes anew.
lost_links() {
  {
    own_notes "$before" | sed -n 's/ used$//p'
    echo --
    part "$1" make
  } | awk '$1 == "--" { listed = 1; next } !listed { ours[$1] = 1 } $1 == "link" && $2 == "add" && $6 in ours { print $6 }'
}

revive() {
  [ -n "$1" ] && command -v docker >/dev/null || return 0
  networks=$(docker network ls --quiet --filter label=vlan-trunk.owner 2>/dev/null)
  [ -n "$networks" ] || return 0
  # shellcheck disable=SC2086 # one word a network
  docker network inspect --format '{{index .Options "parent"}}{{range $id, $one := .Containers}} {{$id}}{{end}}' $networks 2>/dev/null |
    lost=$1 awk 'BEGIN { n = split(ENVIRON["lost"], name, "\n"); for (i = 1; i <= n; i++) lost[name[i]] = 1 } $1 in lost { for (i = 2; i <= NF; i++) if (!seen[$i]++) print $i }' |
    while read -r container; do
      docker restart "$container" >/dev/null 2>&1 </dev/null || echo "warning: container $container lost its interface and could not be restarted"
    done
}
