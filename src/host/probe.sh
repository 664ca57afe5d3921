# Says whether this user can use Docker here, with the PATH that ssh gives it, as the docker provider will. Changes nothing.
if command -v docker >/dev/null; then
  docker version --format "{{.Server.Version}}" 2>&1 | tr "\n" " "
else
  echo missing
fi
echo
# Then which limits of a container the kernel enforces: memory, swap, CPU shares, CPU set. Nothing where Docker does not answer.
docker info --format "kernel {{.MemoryLimit}} {{.SwapLimit}} {{.CPUShares}} {{.CPUSet}}" 2>/dev/null || true
# Then all links, each with the one that it sits on. One end of a veth sits on none that is here: its other end has a number only.
ip -o link show 2>/dev/null | awk '{ sub(/:$/, "", $2); n = split($2, half, "@"); print "link", half[1] (n > 1 ? " " half[2] : "") }'
# Then the interface that holds the address we are connected to, where it can be told.
set -- ${SSH_CONNECTION:-}
[ $# -lt 3 ] || ip -o addr show to "${3%%%*}" 2>/dev/null | awk '{ print "arrival", $2; exit }'
