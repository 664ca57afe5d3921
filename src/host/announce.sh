# Tells the neighbours of containers that were just made where their addresses are now (gratuitous ARP, unsolicited neighbour advertisements), as
# Engines from 28 on do it themselves: else a neighbour with an entry, or a switch, goes on sending to where the address was.
# Reads: $lines, and what else namespace.sh sets, with one a line: announce NUMBER CONTAINER
# Prints: "announced NUMBER" or "announced NUMBER WORDS" where it failed. One that does not run has nothing to tell.
# Fails: never.

# Without modules, which not every perl has. All interfaces of a namespace that have a MAC address and use it; three times, as one may be lost.
program='
while (<STDIN>) {
  $mac{$1} = pack("H12", join("", split(/:/, $2))) if /^(\d+): (?!.*NOARP).*link\/ether ([0-9a-f:]{17})/;
  push @have, [$1, 4, pack("C4", split(/\./, $2))] if /^(\d+): .* inet ([0-9.]+)\//;
  push @have, [$1, 6, six($2)] if /^(\d+): .* inet6 ([0-9a-f:]+)\/.* scope global/;
}
sub six { my ($a, $b) = map { [split /:/] } split(/::/, $_[0], 2), ""; pack("n8", map { hex } @$a, (0) x (8 - @$a - @$b), @$b) }
sub sum { my $s = 0; $s += $_ for unpack("n*", $_[0]); $s = ($s & 65535) + ($s >> 16) while $s >> 16; ~$s & 65535 }
socket(S, 17, 3, 0) or die "no packet can be sent: $!\n";
for $time (1 .. 3) {
  select(undef, undef, undef, 0.4) if $time > 1;
  for (@have) {
    ($index, $family, $ip) = @$_;
    $own = $mac{$index} or next;
    if ($family == 4) {
      $frame = "\xff" x 6 . $own . pack("nnnCCn", 0x806, 1, 0x800, 6, 4, 1) . $own . $ip . "\0" x 6 . $ip;
    } else {
      $all = pack("n8", 0xff02, (0) x 6, 1);
      $body = pack("CCnN", 136, 0, 0, 0x20000000) . $ip . "\2\1" . $own;
      substr($body, 2, 2) = pack("n", sum($ip . $all . pack("NN", length $body, 58) . $body));
      $frame = "\x33\x33\0\0\0\1" . $own . pack("nNnCC", 0x86dd, 0x60000000, length $body, 58, 255) . $ip . $all . $body;
    }
    send(S, $frame, 0, pack("SnlSCCa8", 17, $family == 4 ? 0x806 : 0x86dd, $index, 1, 0, 6, substr($frame, 0, 6))) or die "no packet can be sent: $!\n";
  }
}'

announce() {
  command -v perl >/dev/null || { echo "no perl on the host"; return 0; }
  find_container "$1"
  [ "$container" = running ] || return 0
  { within ip -o link && within ip -o addr; } </dev/null 2>&1 | within perl -e "$program" 2>&1
}

find_processes "$(printf '%s\n' "$lines" | awk '$1 == "announce" { print $3 }')"
printf '%s\n' "$lines" | grep '^announce ' | {
  while read -r _ number name; do
    fact announced "$number" "$(announce "$name" | tr '\n' ' ')" &
  done
  wait
}
