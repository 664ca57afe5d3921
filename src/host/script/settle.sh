# Waits until the kernel knows whether another machine has an IPv6 address of the spec. It asks for up to two seconds (RFC 4862), and
# until then nothing can use the address. Without a cable the answer never comes: so no longer than that.
# Reads: $spec, the addresses of the host. Prints: nothing. May fail: never.
settle() {
  [ -n "$(part "$spec" shim)" ] || return 0
  for _ in 1 2 3; do
    run_awk "$tentative_awk" "$(observe)" || return 0
    sleep 1
  done
}
