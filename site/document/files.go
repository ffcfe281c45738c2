package document

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"unicode"
	"unicode/utf8"

	"nutgraf/site/diag"
	"nutgraf/site/markdown"
)

// Limits on what is read. They are far above what a writer needs and low
// enough that no file can exhaust the machine.
const (
	MaxDocument = 4 << 20 // bytes of a Markdown, YAML or template file
	maxAsset    = 1 << 30 // bytes of a file that is only copied
	maxFiles    = 1 << 22 // files in one root
	maxFolders  = 32      // folders in each other
	maxName     = 240     // bytes of a name: disks take 255, and what is written is moved into place
)

// Entry is one regular file of a root.
type Entry struct {
	Path string // slash path within the root
	Size int64
}

// List returns the regular files of fsys in order of their paths. What is
// neither a folder nor a regular file, leads out of the folder or has a name
// that can't be published is a diagnostic; so nothing can hang or surprise us.
func List(fsys fs.FS, root string) ([]Entry, []diag.Diagnostic, error) {
	var entries []Entry
	var ds []diag.Diagnostic
	err := fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			ds = append(ds, unreadableOf("folder", path.Join(root, p), err))
			return fs.SkipDir
		}
		name := d.Name()
		if p != "." && Ignored(name) {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() {
			if why := badName(name); p != "." && why != "" {
				ds = append(ds, FileError(root, p, "file-name", why, "rename the folder"+renamed(name)))
				return fs.SkipDir
			}
			if strings.Count(p, "/") >= maxFolders {
				ds = append(ds, FileError(root, p, "too-deep",
					fmt.Sprintf("more than %d folders stand within each other here", maxFolders),
					"move it up, or remove it"))
				return fs.SkipDir
			}
			return nil
		}
		e, problem := regular(fsys, root, p, d)
		if problem != nil {
			ds = append(ds, *problem)
			return nil
		}
		entries = append(entries, e)
		if len(entries) > maxFiles {
			ds = append(ds, FileError(root, "", "too-large",
				fmt.Sprintf("this folder holds more than %d files", maxFiles),
				"move what is no part of the site elsewhere"))
			return fs.SkipAll
		}
		return nil
	})
	slices.SortFunc(entries, func(a, b Entry) int { return strings.Compare(a.Path, b.Path) })
	return entries, ds, err
}

// Ignored reports names that are never content: hidden files, the backups, locks
// and temporary files of editors, and the Go file that embeds a default folder.
func Ignored(name string) bool {
	return name == "embed.go" || strings.HasSuffix(name, "~") || strings.HasPrefix(name, "#") ||
		strings.HasSuffix(name, "___jb_tmp___") || strings.HasSuffix(name, "___jb_old___") ||
		strings.HasSuffix(name, ".bck") && helix.MatchString(name) ||
		strings.HasPrefix(name, ".") && name != "." && name != ".nojekyll" && name != ".well-known"
}

// helix is the name that this editor gives a file's old text beside the one it
// saves; those of JetBrains, ___jb_tmp___ and ___jb_old___, are in the way of
// x.md for a moment.
var helix = regexp.MustCompile(`\.\w+[[:alnum:]]{6}\.bck$`)

func regular(fsys fs.FS, root, p string, d fs.DirEntry) (Entry, *diag.Diagnostic) {
	if why := badName(d.Name()); why != "" {
		e := FileError(root, p, "file-name", why, "rename the file"+renamed(d.Name()))
		return Entry{}, &e
	}
	info, err := d.Info()
	if err == nil && d.Type()&fs.ModeSymlink != 0 {
		info, err = fs.Stat(fsys, p)
	}
	switch {
	case err != nil && d.Type()&fs.ModeSymlink != 0:
		e := FileError(root, p, "link", "this link leads out of the folder, or nowhere", "put the file itself here")
		return Entry{}, &e
	case err != nil:
		e := Unreadable(path.Join(root, p), err)
		return Entry{}, &e
	case info.IsDir():
		e := FileError(root, p, "link", "this is a link to a folder",
			"put the folder itself here: what it holds must be part of the site")
		return Entry{}, &e
	case !info.Mode().IsRegular():
		e := FileError(root, p, "not-a-file",
			"this is not a regular file but a pipe, socket or device", "remove it from the folder")
		return Entry{}, &e
	case info.Size() > maxAsset:
		e := FileError(root, p, "too-large",
			fmt.Sprintf("this file has %d bytes; at most %d can be published", info.Size(),
				int64(maxAsset)), "make it smaller, or publish it elsewhere and link to it")
		return Entry{}, &e
	}
	return Entry{p, info.Size()}, nil
}

// badName says why a file of this name can't be published on every system
// and host, or "".
func badName(name string) string {
	switch {
	case !utf8.ValidString(name):
		return "the name is not valid UTF-8"
	case len(name) > maxName:
		return fmt.Sprintf("the name is longer than %d bytes", maxName)
	case strings.ContainsFunc(name, func(r rune) bool {
		return unicode.IsControl(r) ||
			unicode.Is(unicode.Bidi_Control, r)
	}):
		return "the name has a control character"
	case strings.ContainsAny(name, `\:*?"<>|%#`):
		return `the name has one of \ : * ? " < > | % #, which not every system or address allows`
	case strings.TrimRight(name, ". ") != name || strings.TrimLeft(name, " ") != name:
		return "the name begins or ends with a space, or ends with a dot"
	case reservedName(name):
		return "the name is reserved on Windows"
	}
	return ""
}

// renamed is the end of a hint: a name like this one that may be published.
func renamed(name string) string {
	if !utf8.ValidString(name) { // of a disk or an archive that was not UTF-8
		name = latin1(name)
	}
	ext := strings.ToLower(path.Ext(name))
	stem := markdown.Slug(strings.TrimSuffix(name, path.Ext(name)))
	if reservedName(stem) {
		stem += "-1"
	}
	if s := stem + ext; stem != "" && badName(s) == "" {
		return " to " + s
	}
	return ""
}

// latin1 is a name whose bytes are letters of ISO 8859-1, as most of Europe had them, in UTF-8.
func latin1(name string) string {
	var r []rune
	for _, c := range []byte(name) {
		if c >= 0x80 && (c < 0xC0 || c == 0xD7 || c == 0xF7) { // no letter: of some other encoding
			return name
		}
		r = append(r, rune(c))
	}
	return string(r)
}

// reservedName reports the device names of Windows, with or without an
// extension (Microsoft, "Naming Files, Paths, and Namespaces").
func reservedName(name string) bool {
	base, _, _ := strings.Cut(strings.ToLower(name), ".")
	base = strings.TrimRight(base, " ")
	switch base {
	case "con", "prn", "aux", "nul", "conin$", "conout$", "clock$":
		return true
	}
	if rest, ok := strings.CutPrefix(base, "com"); ok || strings.HasPrefix(base, "lpt") {
		if !ok {
			rest = base[3:]
		}
		switch rest {
		case "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "¹", "²", "³":
			return true
		}
	}
	return false
}

// Folder returns the files of an open folder, nothing outside of which can be
// reached through it. A file may become a pipe between listing and opening, and to
// open that for reading waits for somebody who writes: what is neither a file nor
// a folder is opened without waiting, and refused.
func Folder(r *os.Root) fs.FS { return folder{r.FS().(rootFS), r} }

// rootFS is what an os.Root gives.
type rootFS interface {
	fs.StatFS
	fs.ReadLinkFS
}

type folder struct {
	rootFS
	root *os.Root
}

// Open opens a file or a folder.
func (f folder) Open(name string) (fs.File, error) { return f.open(name) }

// ReadDir lists a folder, by name.
func (f folder) ReadDir(name string) ([]fs.DirEntry, error) {
	dir, err := f.open(name)
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	list, err := dir.ReadDir(-1)
	slices.SortFunc(list, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return list, err
}

func (f folder) open(name string) (*os.File, error) {
	refuse := func(err error) (*os.File, error) { return nil, &fs.PathError{Op: "open", Path: name, Err: err} }
	if !fs.ValidPath(name) {
		return refuse(fs.ErrInvalid)
	}
	flag := os.O_RDONLY
	if runtime.GOOS != "windows" { // where no file can become a pipe
		flag |= syscall.O_NONBLOCK
	}
	file, err := f.root.OpenFile(filepath.FromSlash(name), flag, 0)
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		err = errNotRegular
	}
	if err != nil {
		file.Close()
		return refuse(err)
	}
	return file, nil
}

// Read returns the bytes of a file that was listed.
func Read(fsys fs.FS, p string, limit int64) ([]byte, error) { return readInto(nil, fsys, p, limit) }

// readInto appends them to data.
func readInto(data []byte, fsys fs.FS, p string, limit int64) ([]byte, error) {
	f, err := fsys.Open(p)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() { // a folder: all else can't be opened
		return nil, errNotRegular
	}
	before := len(data)
	data = slices.Grow(data, int(min(info.Size(), limit))+512)
	for {
		n, err := f.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		if err == io.EOF || int64(len(data)) > limit || n > 0 && int64(len(data)-before) == info.Size() {
			return data, nil
		}
		if err != nil {
			return nil, err
		}
		if len(data) == cap(data) {
			data = slices.Grow(data, len(data))
		}
	}
}

// FileError is about a file as a whole.
func FileError(root, p, rule, message, hint string) diag.Diagnostic {
	return diag.Diagnostic{Severity: diag.Error, Rule: rule, Message: message, Hint: hint,
		At: diag.Place{File: path.Join(root, p)}}
}
