package docker

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/containerd/errdefs"
	"github.com/docker/docker/api/types/image"
	"github.com/docker/docker/api/types/registry"
	"github.com/docker/docker/client"
	"github.com/hashicorp/terraform-plugin-sdk/v2/diag"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
)

// imageResource has no importer, so that an import is refused.
func imageResource() *schema.Resource {
	return &schema.Resource{
		CreateContext: createImage,
		ReadContext:   readImage,
		UpdateContext: updateImage,
		DeleteContext: deleteImage,
		Timeouts: &schema.ResourceTimeout{
			Create: twentyMinutes, Update: twentyMinutes, Delete: twentyMinutes,
		},
		Schema: fields{
			"name":          text(required, replaces),
			"image_id":      text(output),
			"repo_digest":   text(output),
			"keep_locally":  boolean(),
			"force_remove":  boolean(),
			"pull_triggers": textSet(replaces),
			"triggers":      textMap(replaces),
			"platform":      text(byDefault(""), replaces),
			// Refused by Check; here because the state names it.
			"build": setOf(fields{"context": text(required, replaces)}, one),
		},
	}
}

func createImage(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
	docker, failed := connect(ctx, meta)
	if failed != nil {
		return failed
	}
	name := get[string](d, "name")
	found, err := findImage(ctx, docker, meta, name, get[string](d, "platform"))
	if err != nil {
		return diag.Errorf("Unable to read Docker image into resource: %s", err)
	}
	d.SetId(found.ID + name)
	return readImage(ctx, d, meta)
}

func readImage(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
	docker, failed := connect(ctx, meta)
	if failed != nil {
		return failed
	}
	name := get[string](d, "name")
	found, err := localImage(ctx, docker, name)
	if err != nil {
		return diag.Errorf("resourceDockerImageRead: error looking up local image %q: %s", name, err)
	}
	if found == nil {
		d.SetId("")
		return nil
	}
	d.SetId(found.ID + name)
	return diag.FromErr(setAll(d, object{"image_id": found.ID, "repo_digest": digestOf(name, found)}))
}

func updateImage(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
	docker, failed := connect(ctx, meta)
	if failed != nil {
		return failed
	}
	if _, err := findImage(ctx, docker, meta, get[string](d, "name"), get[string](d, "platform")); err != nil {
		return diag.Errorf("Unable to read Docker image into resource: %s", err)
	}
	return readImage(ctx, d, meta)
}

func deleteImage(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
	docker, failed := connect(ctx, meta)
	if failed != nil {
		return failed
	}
	if get[bool](d, "keep_locally") {
		return nil
	}
	name := get[string](d, "name")
	found, err := localImage(ctx, docker, name)
	if err == nil && found != nil {
		_, err = docker.ImageRemove(ctx, name, image.RemoveOptions{Force: get[bool](d, "force_remove")})
	}
	if err != nil {
		return diag.Errorf("Unable to remove Docker image: %s", err)
	}
	d.SetId("")
	return nil
}

// findImage takes the engine's own image, and pulls only what is not there.
func findImage(ctx context.Context, docker *client.Client, meta any, name, platform string) (*image.InspectResponse, error) {
	if name == "" {
		return nil, errors.New("empty image name is not allowed")
	}
	found, err := localImage(ctx, docker, name)
	if err != nil || found != nil {
		return found, err
	}
	if err := pull(ctx, docker, loginFor(meta, name), name, platform); err != nil {
		return nil, fmt.Errorf("unable to pull image %s: error pulling image %s: %w", name, name, err)
	}
	found, err = localImage(ctx, docker, name)
	if err == nil && found == nil {
		err = fmt.Errorf("unable to find or pull image %s", name)
	}
	return found, err
}

func pull(ctx context.Context, docker *client.Client, login registry.AuthConfig, name, platform string) error {
	text, err := json.Marshal(login)
	if err != nil {
		return err
	}
	auth := base64.URLEncoding.EncodeToString(text)
	progress, err := docker.ImagePull(ctx, name, image.PullOptions{RegistryAuth: auth, Platform: platform})
	if err != nil {
		return err
	}
	defer progress.Close()
	_, err = io.Copy(io.Discard, progress)
	return err
}

// loginFor is the login of the registry that an image's name begins with; without one it is Docker Hub.
func loginFor(meta any, name string) registry.AuthConfig {
	host, _, found := strings.Cut(name, "/")
	if !found || (strings.Count(name, "/") == 1 && !strings.ContainsAny(host, ".:") && host != "localhost") {
		host = "registry-1.docker.io"
	}
	return meta.(*engine).logins[host]
}

func localImage(ctx context.Context, docker *client.Client, name string) (*image.InspectResponse, error) {
	found, err := docker.ImageInspect(ctx, name)
	switch {
	case errdefs.IsNotFound(err):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("unable to inspect image %s: %w", name, err)
	}
	return &found, nil
}

// digestOf is the digest of the image in the repository that the name speaks of.
func digestOf(name string, found *image.InspectResponse) string {
	repository, _, _ := strings.Cut(name, "@")
	if slash, colon := strings.LastIndex(repository, "/"), strings.LastIndex(repository, ":"); colon > slash {
		repository = repository[:colon]
	}
	at := slices.IndexFunc(found.RepoDigests, func(digest string) bool {
		return strings.HasPrefix(digest, repository+"@")
	})
	if at < 0 {
		return ""
	}
	return found.RepoDigests[at]
}
