// The offline stand-in for the official docker provider: networks, containers and images, on real engines.
package main

import (
	"fmt"
	"os"

	"vlan-trunk/lab/providers/docker"
)

// The release whose behaviour this follows; the engine matches plugins by it.
const version = "5.2.0"

func main() {
	if err := docker.Serve(version); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
