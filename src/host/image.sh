# Has images that containers are to be made of: pulls those that this host has not.
# Reads: the data, for each image a line "login NUMBER WORD-or-dash", "look NUMBER PATH" and "pull NUMBER PATH": paths in the Engine's API.
# Prints: for each the fact "image NUMBER here" or "image NUMBER pulled", or what the Engine answers as facts "image NUMBER answer LINE".
# Fails: never.
while read -r word number value; do
  case $word in
  login) login=$value && [ "$login" != - ] || login='' ;;
  look) answer=$(printf 'GET %s HTTP/1.0\r\nHost: docker\r\n\r\n' "$value" | ask_docker | head -n 1) ;;
  pull)
    case $answer in *' 200 '*) fact image "$number" here && continue ;; esac
    # One that fails half-way has begun with 200 too. Of its progress it tells in thousands of lines.
    answer=$(printf 'POST %s HTTP/1.0\r\nHost: docker\r\nX-Registry-Auth: %s\r\n\r\n' "$value" "$login" |
      ask_docker | grep -a -v '"progressDetail"' | head -c 20000)
    case $answer in
    *'"message":'*) ;;
    HTTP/*' 200 '*) fact image "$number" pulled && continue ;;
    esac
    printf '%s\n' "$answer" | facts_of "image $number answer"
    ;;
  esac
done <<DATA
$(data)
DATA
