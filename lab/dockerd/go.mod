module vlan-trunk/lab/dockerd

go 1.26.6

require github.com/moby/moby/v2 v2.0.0-beta.24
