package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// gitPatience is how long git may take. What it is asked needs no network, and the
// preview waits for it.
const gitPatience = 2 * time.Second

// What keeps git from giving what was committed. They are for the writer to read.
var (
	errNoGit     = errors.New("git is not installed on this machine, so there is nothing to compare with")
	errNoCommit  = errors.New("this folder is in no git repository, or nothing is committed in it yet")
	errSlowGit   = errors.New("git did not answer in time")
	errGitFailed = errors.New("git could not be asked")
)

// committed returns a file of the site as it is in git's last commit, nil where
// it is not in it.
func (c *serveCmd) committed(ctx context.Context, file string) ([]byte, error) {
	ctx, stop := context.WithTimeout(ctx, gitPatience)
	defer stop()
	if _, err := c.git(ctx, "rev-parse", "--verify", "--quiet", "--end-of-options", "HEAD^{commit}"); err != nil {
		return nil, err
	}
	// The object is named by its path from this folder, and is no option, as it begins with HEAD.
	data, err := c.git(ctx, "cat-file", "blob", "HEAD:./"+file)
	if errors.Is(err, errNoCommit) {
		return nil, nil
	}
	if data == nil {
		data = []byte{}
	}
	return data, err
}

// git asks git for what it keeps. These commands run no hook, no pager, no filter
// and no other program of a repository's choosing, and ask nobody.
func (c *serveCmd) git(ctx context.Context, args ...string) ([]byte, error) {
	dir, err := filepath.Abs(c.Source)
	if err != nil {
		return nil, errGitFailed
	}
	cmd := exec.CommandContext(ctx, "git", append([]string{"--no-pager", "--no-optional-locks"}, args...)...)
	cmd.Dir = dir
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "GIT_") { // another repository, other programs
			cmd.Env = append(cmd.Env, v)
		}
	}
	cmd.Env = append(cmd.Env, "GIT_TERMINAL_PROMPT=0", "GIT_NO_LAZY_FETCH=1")
	var out bytes.Buffer
	cmd.Stdout = &out
	exit := (*exec.ExitError)(nil)
	switch err := cmd.Run(); {
	case err == nil:
		return out.Bytes(), nil
	case ctx.Err() != nil:
		return nil, errSlowGit
	case errors.Is(err, exec.ErrNotFound):
		return nil, errNoGit
	case errors.As(err, &exit):
		return nil, errNoCommit
	}
	return nil, errGitFailed
}
