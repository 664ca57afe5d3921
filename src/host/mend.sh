# Mends containers that somebody has stopped or disconnected, without making them anew.
# Reads: $all, with the lines behind "-- vlan-trunk data"; docker with the PATH that ssh gives it. A container is a line "container NUMBER OWNER NAME"
#   and its steps: start | unpause | restart | network NAME, then what it is connected with (ip, ip6, alias, option, priority, each with a value), then connect.
# Prints: for each container the fact "mended NUMBER mended|absent|failed WORDS". Absent is also one of another owner: it was made anew meanwhile.
# Fails: never.
mend_end() { [ -z "$number" ] || fact mended "$number" "$outcome" "$(printf '%s\n' "$words" | tr '\n' ' ')"; }
mend_step() {
  [ "$outcome" = mended ] || return 0
  words=$("$@" 2>&1 </dev/null) || outcome=failed
}
number='' outcome=mended words=''
set --
while read -r word value; do
  case $word in
  container)
    mend_end
    number=${value%% *} value=${value#* } outcome=mended words=''
    owner=${value%% *} container=${value#* }
    [ "$(docker container inspect --format '{{index .Config.Labels "vlan-trunk.owner"}}' "$container" 2>/dev/null </dev/null)" = "$owner" ] || outcome=absent
    ;;
  start | unpause | restart) mend_step docker "$word" "$container" ;;
  network) network=$value; set -- ;;
  ip | ip6 | alias) set -- "$@" "--$word" "$value" ;;
  option) set -- "$@" --driver-opt "$value" ;;
  priority) set -- "$@" --gw-priority "$value" ;;
  connect)
    # One that is there lacks something, or leads to a network that is gone.
    [ "$outcome" != mended ] || docker network disconnect --force "$network" "$container" >/dev/null 2>&1 </dev/null
    mend_step docker network connect "$@" "$network" "$container"
    ;;
  esac
done <<DATA
$(printf '%s\n' "$all" | sed '1,/^-- vlan-trunk data$/d')
DATA
mend_end
