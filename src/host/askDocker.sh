# Asks the Engine's API, over `dial` (dockerDial.ts): a docker command costs a small host a third of a second, and has no words for some of it.
# Reads: stdin, HTTP requests; the last one is of HTTP/1.0, which ends the connection.
# Prints: the answers with their heads, and what `dial` says where it cannot reach the Engine. Fails: where there is no folder for temporary files.
ask_docker() {
  # The Engine takes the end of its input for a client that has gone; a FIFO that is open for reading and writing has none. Not on the disk, which may be full.
  pipe=$(mktemp -d /run/vlan-trunk.XXXXXX 2>/dev/null || mktemp -d) && mkfifo "$pipe/requests" && exec 3<>"$pipe/requests" 4<&0 || return 1
  rm -r "$pipe"
  # Beside it, because more than a FIFO holds would wait for who reads it.
  cat <&4 >&3 &
  # In a shell of its own, which it ends.
  (dial <&3 2>&1)
  # An Engine that has gone reads no more.
  kill $! 2>/dev/null
  wait $! 2>/dev/null
  exec 3>&- 4<&-
}
