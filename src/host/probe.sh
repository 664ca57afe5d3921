# Prints facts about this host for the program's checks. Changes nothing.
# Reads: SSH_CONNECTION; docker with the PATH that ssh gives it, as the docker provider will use it.
# Prints: one fact a line behind a marker, see session.sh.
# Fails: never; what cannot be found out is left out.
if ! command -v docker >/dev/null; then
  fact docker missing
# One call for the version and for which limits of a container the kernel enforces: memory, swap, CPU shares, CPU set. Each call of docker costs
# more than all else here. Without an Engine the version is empty.
elif said=$(docker info --format '{{.ServerVersion}} {{.MemoryLimit}} {{.SwapLimit}} {{.CPUShares}} {{.CPUSet}}' 2>/dev/null) && [ -n "${said%% *}" ]; then
  fact docker version "${said%% *}"
  fact kernel "${said#* }"
  # "complete" where a list is known to its end, so that what is not in it is not there. Those that have an owner are asked for more.
  if ids=$(docker network ls --quiet --no-trunc 2>/dev/null); then
    # shellcheck disable=SC2086 # IDs, one word each
    said=$(docker network inspect --format 'vlan-trunk-probe network [{{json .Name}},{{json .Driver}},{{json .Scope}},{{json .ConfigOnly}},{{json .IPAM.Driver}},{{json (index .Labels "vlan-trunk.owner")}},{{json (index .Options "parent")}},{{json (index .Options "macvlan_mode")}},[{{range $i, $c := .IPAM.Config}}{{if $i}},{{end}}[{{json $c.Subnet}},{{json $c.IPRange}}]{{end}}]{{if index .Labels "vlan-trunk.owner"}},{{json .ID}},{{json (index .Labels "vlan-trunk.revision")}},{{json .Internal}},{{json .EnableIPv6}},{{json .Options}},{{json .IPAM.Config}}{{end}}]' $ids 2>/dev/null) && fact complete networks
    printf '%s\n' "$said" | head -n 1000
  fi
  if said=$(docker ps --all --format '{{.ID}} {{if .Label "vlan-trunk.owner"}}owned{{else}}other{{end}} vlan-trunk-probe container [{{json .Names}},{{json .Image}},{{json (.Label "vlan-trunk.owner")}},{{json (.Label "com.docker.compose.project")}}]' 2>/dev/null); then
    printf '%s\n' "$said" | cut -d ' ' -f 3- | head -n 10000
    ids=$(printf '%s\n' "$said" | sed -n 's/ owned .*//p' | head -n 10000)
    # shellcheck disable=SC2086 # IDs, one word each
    if [ -z "$ids" ] ||
      docker container inspect --format 'vlan-trunk-probe owned [{{json .Name}},{{json (index .Config.Labels "vlan-trunk.owner")}},{{json (index .Config.Labels "vlan-trunk.revision")}},{{json .State.Status}},{{json .NetworkSettings.Networks}}]' $ids 2>/dev/null; then
      fact complete containers
    fi
  fi
else
  docker info --format '{{.ServerVersion}}' 2>&1 >/dev/null | while IFS= read -r line; do fact docker error "$line"; done
fi
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
for program in ip awk; do
  command -v "$program" >/dev/null || fact missing "$program"
done
# All links, each with the one that it sits on, and the ports of bridges and bonds. One end of a veth sits on none that is here: its other end
# has a number only.
ip -o link show 2>/dev/null | awk '{
  sub(/:$/, "", $2); n = split($2, half, "@")
  print "vlan-trunk-probe link", half[1] (n > 1 ? " " half[2] : "")
  for (i = 4; i < NF; i++) if ($i == "master") { print "vlan-trunk-probe port", half[1], $(i + 1); break }
}' 2>/dev/null
# The interface that holds the address we are connected to.
# shellcheck disable=SC2086 # four words
set -- ${SSH_CONNECTION:-}
[ $# -lt 3 ] || ip -o addr show to "${3%%%*}" 2>/dev/null | awk '{ print "vlan-trunk-probe arrival", $2; exit }' 2>/dev/null
