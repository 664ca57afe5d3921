# For links that come too late for Docker. Docker forgets a network whose parent is missing when it starts, and then no container on it can be
# started until its next start. So a link of the same name stands there meanwhile: a tun, on which no macvlan and no ipvlan can be made. Docker keeps
# the network, fails to start its containers, and they are started when the link has come.
# Reads: $records, $pending, docker. Prints: one line a container on stderr, for the journal. May fail: never; a kernel without tun has no such places.
places=''

hold_places() {
  # The unit may be started again beside Docker.
  ! docker_runs || return 0
  present=$(find /sys/class/net -mindepth 1 | sed 's|.*/||' | tr '\n' ' ')
  for item in $pending; do
    vlans=$(awk -v present=" $present " "$places_awk" "$records/${item%%=*}")
    for link in $vlans; do
      ip tuntap add dev "$link" mode tun && ip link set dev "$link" alias vlan-trunk-place && places="$places $link"
    done
  done
}

# Arguments: links; only those that are places go.
drop_places() {
  for link in "$@"; do
    is_place "$link" && ip link del dev "$link"
    places=$(printf '%s\n' "$places " | sed "s| $link | |; s| \$||")
  done
}

is_place() { case "$places " in *" $1 "*) [ -e "/sys/class/net/$1/tun_flags" ] ;; *) return 1 ;; esac; }

# Not by docker alone, because the question would start one that waits for a connection.
docker_runs() { [ -e /run/docker.pid ] && docker version >/dev/null 2>&1; }

# The containers on some links, its arguments, that Docker would have started: their last start has failed.
start_late() {
  networks=$(docker network ls --quiet --filter label=vlan-trunk.owner 2>/dev/null)
  [ -n "$networks" ] || return 0
  # shellcheck disable=SC2086 # one word a network
  docker network inspect --format '{{index .Options "parent"}} {{.ID}}' $networks 2>/dev/null |
    late=" $* " awk 'index(ENVIRON["late"], " " $1 " ") { print $2 }' |
    while read -r network; do docker ps --quiet --no-trunc --filter "network=$network" --filter status=exited --filter status=created </dev/null; done |
    sort -u | while read -r container; do start_failed "$container" </dev/null; done
}

start_failed() {
  case $(docker container inspect --format '{{.HostConfig.RestartPolicy.Name}} {{.State.Error}}' "$1" 2>/dev/null) in
  always\ ?* | unless-stopped\ ?*) said=$(docker start "$1" 2>&1) && echo "container $1 started" >&2 || echo "container $1 could not be started: $said" >&2 ;;
  esac
}
