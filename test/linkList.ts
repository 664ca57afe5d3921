/** A command line that lists a host's links in the order they were made, with what this product may set on them. */
export const linkList = `ip -o -d link show | awk '{
  text = $1 " " $2 ($3 ~ /[<,]UP[,>]/ ? " up" : " down")
  for (i = 4; i <= NF; i++)
    if ($i == "mtu" || $i == "protocol" || $i == "id" || $i == "mode" || $i == "alias") text = text " " $i " " $(i + 1)
  print text }'`;
