package main

import (
	"maps"
	"slices"

	"manyi/internal/survey"
)

// gitignore keeps out of the repository what is made anew, what must not be
// public, and keys. Git forgets nothing: what is committed once stays in the
// history of every clone.
const gitignore = `# made by manyi build
/site/
/.manyi/
# what the collector received, before it is taken over
/inbox/
# identities that open sealed answers, and passwords
*.key
*.pem
*identity*.txt
*.agekey
.env
# personal data: contacts, tokens, mappings of people to answers
/private/
/surveys/*/private/
/surveys/*/tokens*.csv
/surveys/*/contacts*.csv
# locks and copies of spreadsheets
~$*
*.tmp
`

// gitattributes make files merge: JSONL has one record a line, so that the
// records of both branches are kept; files of other hands stay byte for byte.
const gitattributes = `* text=auto
*.yaml text eol=lf
*.yml text eol=lf
*.md text eol=lf
*.jsonl text eol=lf merge=union
*.csv -text
*.xlsx binary
*.gz binary
*.png binary
*.jpg binary
*.webp binary
`

// ciHead stands above every template of continuous integration.
const ciHead = `# Checks the surveys of every change, builds the pages and publishes the
# questionnaires. Reports are internal: only "build --only surveys" is published.
# Set two variables of the project: MANYI_URL, where the program is fetched
# from, and MANYI_SHA256, its checksum.
`

const githubWorkflow = ciHead + `name: surveys
on:
  push:
    branches: [main]
  pull_request:
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    env:
      MANYI_URL: ${{ vars.MANYI_URL }}
      MANYI_SHA256: ${{ vars.MANYI_SHA256 }}
      BASE: ${{ github.base_ref }}
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
      - name: get manyi
        run: |
          curl -fsSL "$MANYI_URL" -o /tmp/manyi
          echo "$MANYI_SHA256  /tmp/manyi" | sha256sum -c -
          chmod +x /tmp/manyi
      - name: check
        run: /tmp/manyi check ${BASE:+--against "origin/$BASE"}
      - name: layout
        run: /tmp/manyi fmt --check
      - name: build
        run: /tmp/manyi build --only surveys
      - uses: actions/upload-pages-artifact@v3
        if: github.ref == 'refs/heads/main'
        with:
          path: site
  publish:
    needs: check
    if: github.ref == 'refs/heads/main'
    runs-on: ubuntu-latest
    permissions:
      pages: write
      id-token: write
    environment:
      name: github-pages
    steps:
      - uses: actions/deploy-pages@v4
`

const gitlabPipeline = ciHead + `default:
  image: debian:stable-slim
  before_script:
    - apt-get update -qq && apt-get install -qq --no-install-recommends ca-certificates curl git
    - curl -fsSL "$MANYI_URL" -o /tmp/manyi
    - echo "$MANYI_SHA256  /tmp/manyi" | sha256sum -c -
    - chmod +x /tmp/manyi
variables:
  GIT_DEPTH: "0"
check:
  stage: test
  script:
    - if [ -n "$CI_MERGE_REQUEST_DIFF_BASE_SHA" ]; then /tmp/manyi check --against "$CI_MERGE_REQUEST_DIFF_BASE_SHA"; else /tmp/manyi check; fi
    - /tmp/manyi fmt --check
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
pages:
  stage: deploy
  script:
    - /tmp/manyi build --only surveys
    - rm -rf public && cp -r site public
  artifacts:
    paths: [public]
  rules:
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
`

const giteePipeline = ciHead + `# PAGES_REMOTE is the address of a repository, with a token, whose branch "pages"
# is served; GITEE_PR_BASE the commit that a pull request starts from, where it is known.
version: "1.0"
name: surveys
displayName: surveys
triggers:
  push:
    branches:
      include: [main, master]
  pr:
    branches:
      include: [main, master]
stages:
  - name: surveys
    displayName: check, build and publish
    strategy: naturally
    trigger: auto
    steps:
      - step: shell@agent
        name: surveys
        displayName: check, build and publish
        script:
          - curl -fsSL "$MANYI_URL" -o /tmp/manyi
          - echo "$MANYI_SHA256  /tmp/manyi" | sha256sum -c -
          - chmod +x /tmp/manyi
          - if [ -n "$GITEE_PR_BASE" ]; then /tmp/manyi check --against "$GITEE_PR_BASE"; else /tmp/manyi check; fi
          - /tmp/manyi fmt --check
          - /tmp/manyi build --only surveys
          # Gitee Pages serves a branch: the built pages are pushed to "pages"
          - cd site && git init -q -b pages && git add -A && git -c user.name=manyi -c user.email=manyi@localhost commit -qm pages
          - if [ "$GITEE_BRANCH" = main ] || [ "$GITEE_BRANCH" = master ]; then git push -qf "$PAGES_REMOTE" pages; fi
`

// added is a file that manyi new writes beside the starter.
type added struct {
	name string
	body []byte
}

// workspaceFiles are the files that every new workspace gets, in order.
func workspaceFiles() []added {
	files := map[string][]byte{
		".gitignore":                    []byte(gitignore),
		".gitattributes":                []byte(gitattributes),
		".github/workflows/surveys.yml": []byte(githubWorkflow),
		".gitlab-ci.yml":                []byte(gitlabPipeline),
		".workflow/surveys.yml":         []byte(giteePipeline),
		"survey.schema.json":            survey.JSONSchema(), // named in the first line of survey.yaml
		"manyi.schema.json":             survey.WorkspaceSchema(),
	}
	var out []added
	for _, name := range slices.Sorted(maps.Keys(files)) {
		out = append(out, added{name, files[name]})
	}
	return out
}
