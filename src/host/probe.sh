# Prints facts about this host for the program's checks. Changes nothing.
# Reads: SSH_CONNECTION; docker with the PATH that ssh gives it, as the docker provider will use it. Answers of the Engine are read by dockerAnswer.ts.
# Prints: one fact a line behind a marker, see session.sh.
# Fails: never; what cannot be found out is left out.
if ! command -v docker >/dev/null; then
  fact docker missing
# Each process of docker costs a host more than all else here, so `dial` carries all requests to the Engine's API, by its own means where it can. The Engine
# takes the end of its input for a client that has gone; a FIFO that is open for reading and writing has none. HTTP/1.0 ends a connection, and its answer
# comes in one piece.
elif folder=$(mktemp -d) && mkfifo "$folder/requests" && exec 3<>"$folder/requests"; then
  # Of containers with an owner, what the list leaves out, is asked for one by one.
  own='containers/json?all=1&filters=%7B%22label%22%3A%5B%22vlan-trunk.owner%22%5D%7D'
  printf 'GET /%s HTTP/1.1\r\nHost: docker\r\n\r\n' info networks 'containers/json?all=1' >&3
  printf 'GET /%s HTTP/1.0\r\n\r\n' "$own" >&3
  # Answers and errors as facts of their own. 32 MB are some 10,000 containers.
  { { dial <&3 2>&1 >&4 | facts_of 'docker error' >&5; } 4>&1 | head -c 32000000 >"$folder/answers"; } 5>&1
  facts_of api "$folder/answers"
  ids=$(tail -n 1 "$folder/answers" | grep -oE '"Id":"[0-9a-f]{64}"')
  rm -r "$folder"
  if [ -n "$ids" ]; then
    # Beside it, because more than a FIFO holds would wait for who reads it.
    {
      # shellcheck disable=SC2046 # IDs, one word each
      printf 'GET /containers/%s/json HTTP/1.1\r\nHost: docker\r\n\r\n' $(printf '%s\n' "$ids" | cut -d '"' -f 4) >&3
      printf 'GET /_ping HTTP/1.0\r\n\r\n' >&3
    } &
    dial <&3 2>/dev/null | head -c 32000000 | facts_of inspected
    # An Engine that has gone meanwhile reads no more.
    kill $! 2>/dev/null
    wait
  fi
  exec 3>&-
else
  fact docker error "no folder for temporary files can be written to"
fi
# By its own means, dockerDial.ts connects a container with a MAC address; the docker command cannot.
settings=$HOME/.docker/config.json
if command -v perl >/dev/null && ! env | grep -q '^DOCKER_' && { [ ! -e "$settings" ] || { [ -r "$settings" ] && ! grep -qi currentContext "$settings"; }; }; then
  fact dials
fi
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
for program in ip awk; do
  command -v "$program" >/dev/null || fact missing "$program"
done
# The interface that holds the address we are connected to, and all addresses, each with its link: but for link-local ones, which no network has as its gateway.
# shellcheck disable=SC2086 # four words
set -- ${SSH_CONNECTION:-}
ip -o addr show 2>/dev/null | awk -v own="${3%%%*}" '{
  sub(/[/].*/, "", $4)
  if (own != "" && $4 == own && !arrived++) print "vlan-trunk-probe arrival", $2
  if ($4 !~ /^fe80:/) print "vlan-trunk-probe address", $2, $4
}' 2>/dev/null
