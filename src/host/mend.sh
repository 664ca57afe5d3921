# Mends containers that somebody has stopped or disconnected, without making them anew.
# Reads: the data, ask_docker; docker with the PATH that ssh gives it. A container is a line "container NUMBER OWNER NAME"
#   and its steps: start | unpause | restart | network NAME, then what it is connected with (ip, ip6, alias, option, priority, each with a value), or body with the
#   request to the Engine's API as JSON, then connect.
# Prints: for each container the fact "mended NUMBER mended|absent|failed WORDS". Absent is also one of another owner: it was made anew meanwhile.
# Fails: never.
mend_end() { [ -z "$number" ] || fact mended "$number" "$outcome" "$(printf '%s\n' "$words" | tr '\n' ' ')"; }
# Connects to a network by a request of API 1.54: the docker command has no option for a MAC address.
mend_request() {
  answer=$(printf 'POST /v1.54/networks/%s/connect HTTP/1.0\r\nHost: docker\r\nContent-Type: application/json\r\nContent-Length: %s\r\n\r\n%s' "$1" "${#2}" "$2" | ask_docker)
  case $answer in HTTP/1.?' 200 '*) ;; *) printf '%s\n' "$answer" && return 1 ;; esac
}
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
  network) network=$value body=''; set -- ;;
  ip | ip6 | alias) set -- "$@" "--$word" "$value" ;;
  option) set -- "$@" --driver-opt "$value" ;;
  priority) set -- "$@" --gw-priority "$value" ;;
  body) body=$value ;;
  connect)
    # One that is there lacks something, or leads to a network that is gone.
    [ "$outcome" != mended ] || docker network disconnect --force "$network" "$container" >/dev/null 2>&1 </dev/null
    if [ -n "$body" ]; then
      mend_step mend_request "$network" "$body"
    else
      mend_step docker network connect "$@" "$network" "$container"
    fi
    ;;
  esac
done <<DATA
$(data)
DATA
mend_end
