# Restarts the containers whose interfaces went with a link that somebody deleted. Docker does not notice, and a container gets an interface
# only when it starts.
# Reads: $before, $owner, docker. Prints: warnings. May fail: never; a host without docker has no such containers.

# Prints the links of the record that a plan, its argument, makes anew, or that another program has made anew.
lost_links() {
  noted=$(own_notes "$before")
  [ -n "$noted" ] || return 0
  {
    printf '%s\n' "$noted" | sed -n 's/ used$//p'
    echo --
    part "$1" make
    part "$1" 'do'
  } | awk '$1 == "--" { listed = 1; next } !listed { ours[$1] = 1; next } $1 == "link" && $2 == "add" { $4 = $6 } / add | alias / && $4 in ours && !seen[$4]++ { print $4 }'
}

revive() {
  [ -n "$1" ] && command -v docker >/dev/null || return 0
  networks=$(docker network ls --quiet --filter label=vlan-trunk.owner 2>/dev/null)
  [ -n "$networks" ] || return 0
  # shellcheck disable=SC2086 # one word a network
  docker network inspect --format '{{index .Options "parent"}}{{range $id, $one := .Containers}} {{$id}}{{end}}' $networks 2>/dev/null |
    lost=$1 awk 'BEGIN { n = split(ENVIRON["lost"], name, "\n"); for (i = 1; i <= n; i++) lost[name[i]] = 1 } $1 in lost { for (i = 2; i <= NF; i++) if ($i ~ /^[0-9a-f]+$/) print $1, $i }' |
    while read -r link container; do
      is_on "$container" "$link" && continue
      # It may take its time to stop.
      put_off 30
      if docker restart "$container" >/dev/null 2>&1 </dev/null; then
        for other in $(sharing "$container"); do
          docker restart "$other" >/dev/null 2>&1 </dev/null ||
            echo "warning: container $other has lost the network of container $container and could not be restarted"
        done
      else
        echo "warning: container $container has lost its interface on $link and could not be restarted"
      fi
    done
  put_off 0
}

# Prints the running containers that live in the network namespace of a container, which ends when that one is restarted.
sharing() {
  running=$(docker ps --quiet --no-trunc 2>/dev/null </dev/null)
  # shellcheck disable=SC2086 # one word a container
  docker container inspect --format '{{.HostConfig.NetworkMode}} {{.Id}}' $running 2>/dev/null </dev/null | sed -n "s/^container:$1 //p"
}

# Whether a container has an interface on a link of this host, which its own namespace knows by its index.
is_on() {
  read -r index <"/sys/class/net/$2/ifindex" && pid=$(docker container inspect --format '{{.State.Pid}}' "$1" </dev/null 2>/dev/null) &&
    nsenter --target "$pid" --net ip -o link show </dev/null 2>/dev/null | grep -q "@if$index:"
}
