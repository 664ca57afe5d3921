package docker

import (
	"context"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
	"github.com/hashicorp/terraform-plugin-sdk/v2/diag"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
)

// What an update really changes. Any other input that does not replace is only written into the state, as the official
// one does: a changed `init` or `healthcheck` takes effect with the next container.
var updatable = []string{
	"restart", "max_retry_count", "cpu_shares", "cpu_set", "memory", "memory_reservation", "memory_swap",
	"device_read_bps", "device_read_iops", "device_write_bps", "device_write_iops",
}

// updateContainer does not read back: the state is what was asked for.
func updateContainer(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
	docker, failed := connect(ctx, meta)
	if failed != nil {
		return failed
	}
	if before, after := d.GetChange("must_run"); !before.(bool) && after.(bool) && get[bool](d, "start") {
		if err := docker.ContainerStart(ctx, d.Id(), container.StartOptions{}); err != nil {
			return diag.Errorf("Unable to start container: %s", err)
		}
	}
	if d.HasChanges(updatable...) {
		change := container.UpdateConfig{RestartPolicy: restartPolicy(d), Resources: resources(d)}
		if _, err := docker.ContainerUpdate(ctx, d.Id(), change); err != nil {
			return diag.Errorf("Unable to update a container: %v", err)
		}
	}
	return nil
}

// deleteContainer stops with no grace unless the program grants some, and removes by force.
func deleteContainer(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
	docker, failed := connect(ctx, meta)
	if failed != nil {
		return failed
	}
	if !get[bool](d, "attach") {
		grace := max(get[int](d, "destroy_grace_seconds"), 0)
		err := docker.ContainerStop(ctx, d.Id(), container.StopOptions{Timeout: &grace})
		if err != nil && !saysAny(err, "No such container") {
			return diag.Errorf("Error stopping container %s: %s", d.Id(), err)
		}
	}
	err := docker.ContainerRemove(ctx, d.Id(), container.RemoveOptions{
		RemoveVolumes: get[bool](d, "remove_volumes"), Force: true,
	})
	if err != nil && !isGoing(err) {
		return diag.Errorf("Error deleting container %s: %s", d.Id(), err)
	}
	if err := waitUntilGone(ctx, docker, d); err != nil && !isGoing(err) {
		return diag.Errorf("Error waiting for container removal '%s': %s", d.Id(), err)
	}
	d.SetId("")
	return nil
}

func isGoing(err error) bool { return saysAny(err, "No such container", "is already in progress") }

func waitUntilGone(ctx context.Context, docker *client.Client, d *schema.ResourceData) error {
	condition := container.WaitConditionNotRunning
	if get[bool](d, "rm") {
		condition = container.WaitConditionRemoved
	}
	ended, failed := docker.ContainerWait(ctx, d.Id(), condition)
	select {
	case <-ended:
		return nil
	case err := <-failed:
		return err
	}
}
