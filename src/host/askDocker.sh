# Asks the Engine's API, over `dial`.
# Prints: see the function. Fails: where there is no folder for temporary files.

# The answer to one request, with its head; and what `dial` says where it cannot reach the Engine. Arguments: method and path, the body as JSON in ASCII, the
# login for a registry as the API takes it.
ask_docker() {
  # The Engine takes the end of its input for a client that has gone; a FIFO that is open for reading and writing has none. It holds 64 kB.
  pipe=$(mktemp -d) && mkfifo "$pipe/request" && exec 3<>"$pipe/request" || return 1
  rm -r "$pipe"
  printf '%s HTTP/1.0\r\nHost: docker\r\nContent-Type: application/json\r\nContent-Length: %s\r\nX-Registry-Auth: %s\r\n\r\n%s' "$1" "${#2}" "${3:-}" "$2" >&3
  # In a shell of its own, which it ends.
  (dial <&3 2>&1)
  exec 3>&-
}
