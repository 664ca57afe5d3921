package docker

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/api/types/network"
	"github.com/docker/docker/client"
	"github.com/docker/docker/pkg/stdcopy"
	"github.com/hashicorp/terraform-plugin-sdk/v2/diag"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	specs "github.com/opencontainers/image-spec/specs-go/v1"
)

// createContainer creates on the default network, moves the container to the asked ones, and only then starts it.
func createContainer(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
	docker, failed := connect(ctx, meta)
	if failed != nil {
		return failed
	}
	image := get[string](d, "image")
	if _, err := findImage(ctx, docker, meta, image, ""); err != nil {
		return diag.Errorf("Unable to create container with image %s: %s", image, err)
	}
	config, err := containerConfig(d)
	if err != nil {
		return diag.FromErr(err)
	}
	host, err := hostConfig(d)
	if err != nil {
		return diag.FromErr(err)
	}
	created, err := docker.ContainerCreate(ctx, config, host, &network.NetworkingConfig{}, platform(d), get[string](d, "name"))
	if err != nil {
		return diag.Errorf("Unable to create container: %s", err)
	}
	// From here on a failure leaves the container, and the state knows it.
	d.SetId(created.ID)
	if err := attach(ctx, docker, d); err != nil {
		return diag.FromErr(err)
	}
	if get[bool](d, "start") {
		if err := docker.ContainerStart(ctx, d.Id(), container.StartOptions{}); err != nil {
			return diag.Errorf("Unable to start container: %s", err)
		}
		if get[bool](d, "wait") {
			if err := waitUntilHealthy(ctx, docker, d); err != nil {
				return diag.FromErr(err)
			}
		}
	}
	if get[bool](d, "attach") {
		if err := waitForEnd(ctx, docker, d); err != nil {
			return diag.FromErr(err)
		}
	}
	return readContainer(ctx, d, meta)
}

func platform(d *schema.ResourceData) *specs.Platform {
	given := get[string](d, "platform")
	if given == "" {
		return nil
	}
	parts := append(strings.Split(given, "/"), "", "")
	return &specs.Platform{OS: parts[0], Architecture: parts[1], Variant: parts[2]}
}

func attach(ctx context.Context, docker *client.Client, d *schema.ResourceData) error {
	attachments := elements(d, "networks_advanced")
	if len(attachments) == 0 {
		return nil
	}
	err := docker.NetworkDisconnect(ctx, "bridge", d.Id(), false)
	if err != nil && !saysAny(err, "is not connected to the network bridge") {
		return fmt.Errorf("Unable to disconnect the default network: %s", err) //nolint:staticcheck
	}
	// In the order of the set's hashes, which is not the program's: which one becomes eth0 is not the program's to say.
	for _, attachment := range attachments {
		name := attachment["name"].(string)
		if err := docker.NetworkConnect(ctx, name, d.Id(), endpointOf(attachment)); err != nil {
			return fmt.Errorf("Unable to connect to network '%s': %s", name, err) //nolint:staticcheck
		}
	}
	return nil
}

func endpointOf(attachment object) *network.EndpointSettings {
	options := map[string]string{}
	for _, option := range texts(attachment["driver_opts"]) {
		if name, value, found := strings.Cut(option, "="); found {
			options[name] = value
		}
	}
	return &network.EndpointSettings{
		Aliases:    texts(attachment["aliases"]),
		MacAddress: attachment["mac_address"].(string),
		GwPriority: attachment["gw_priority"].(int),
		DriverOpts: options,
		IPAMConfig: &network.EndpointIPAMConfig{
			IPv4Address:  attachment["ipv4_address"].(string),
			IPv6Address:  attachment["ipv6_address"].(string),
			LinkLocalIPs: texts(attachment["link_local_ips"]),
		},
	}
}

func waitUntilHealthy(ctx context.Context, docker *client.Client, d *schema.ResourceData) error {
	ctx, cancel := context.WithTimeout(ctx, time.Duration(get[int](d, "wait_timeout"))*time.Second)
	defer cancel()
	for {
		found, err := docker.ContainerInspect(ctx, d.Id())
		switch {
		case ctx.Err() != nil:
			return errors.New("container failed to be in healthy state")
		case err != nil:
			return fmt.Errorf("error inspecting container state: %s", err)
		case found.State == nil || found.State.Health == nil:
			return errors.New("you have supplied a 'wait' argument, but the container does not have a healthcheck defined." +
				" Please remove the 'wait' argument or add a 'healthcheck' attribute")
		case found.State.Health.Status == container.Healthy:
			return nil
		}
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
	}
}

// waitForEnd is what `attach` means: the container is a task, and the operation lasts as long as it does.
func waitForEnd(ctx context.Context, docker *client.Client, d *schema.ResourceData) error {
	ended, failed := docker.ContainerWait(ctx, d.Id(), container.WaitConditionNotRunning)
	select {
	case err := <-failed:
		return fmt.Errorf("Unable to wait container end of execution: %s", err) //nolint:staticcheck
	case <-ended:
	}
	if !get[bool](d, "logs") {
		return nil
	}
	reader, err := docker.ContainerLogs(ctx, d.Id(), container.LogsOptions{ShowStdout: true, ShowStderr: true, Follow: true})
	if err != nil {
		return fmt.Errorf("unable to read container logs: %w", err)
	}
	defer reader.Close()
	var logs bytes.Buffer
	if get[bool](d, "tty") {
		_, err = io.Copy(&logs, reader)
	} else {
		_, err = stdcopy.StdCopy(&logs, &logs, reader)
	}
	if err != nil {
		return fmt.Errorf("unable to copy container logs: %w", err)
	}
	return d.Set("container_logs", logs.String())
}
