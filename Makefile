# What a newcomer types: `make run` and `make test`. Both set up whatever is missing first.

BIN := .venv/bin
# The sample archive is built once; remove .tamarisk/ to have it built anew.
SAMPLE := .tamarisk/sample.tamarisk

.PHONY: help setup run test bench package package-test package-windows format lock clean

help:
	@echo 'make run      set up, build the sample archive once, open the window on it'
	@echo 'make test     set up, then check format, lint, types, imports, and run the tests'
	@echo 'make bench    measure import, indexing and search beside other engines'
	@echo 'make package  build dist/: program folder, .deb and .tar.gz of both editions (RELEASE=folder is bundled)'
	@echo 'make package-test  install the .deb in a bare Debian (as root) and run it there'
	@echo 'make package-windows  build the program and both installers for Windows, under Wine'
	@echo 'make format   format the code and mend what the linter can'
	@echo 'make lock     write .ci/requirements.lock anew from pyproject.toml'
	@echo 'make clean    remove what was built, but neither .venv nor .tamarisk'

setup:
	@.ci/setup

run: setup .tamarisk/sample.done
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" = Darwin ]; then \
		exec $(BIN)/tamarisk $(SAMPLE) --find '"red notice"'; \
	else \
		echo 'There is no display here, so the same search runs in the terminal:'; \
		echo "tamarisk search $(SAMPLE) '\"red notice\"'"; \
		exec $(BIN)/tamarisk search $(SAMPLE) '"red notice"'; \
	fi

# The mark is written last, so a build that was interrupted starts over.
.tamarisk/sample.done: | setup
	@rm -rf $(SAMPLE)
	@mkdir -p .tamarisk
	@$(BIN)/python -m desktop.sample $(SAMPLE)
	@touch $@

test: export QT_QPA_PLATFORM := offscreen
test:
	@.ci/setup test
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

bench: setup
	$(BIN)/python -m tests.benchmarks

package:
	@.ci/setup package
	$(BIN)/python .ci/linux/package.py '$(RELEASE)'
	$(BIN)/pytest tests/packaging tests/e2e/test_frozen.py tests/e2e/test_contents.py

package-test:
	@.ci/setup test package bare
	.ci/linux/try

package-windows:
	@.ci/setup windows
	@.ci/windows/package
	$(BIN)/pytest tests/e2e/test_windows.py tests/e2e/test_contents.py

format: setup
	$(BIN)/ruff check --fix --exit-zero
	$(BIN)/ruff format

# uv, because it alone writes one lock with hashes for every system. Pins stay unless pyproject.toml forbids them:
# remove the lock first to take the newest of everything. The next setup installs what changed.
lock:
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile pyproject.toml --quiet --extra dev --extra bench --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-annotate --custom-compile-command 'make lock' \
		--output-file .ci/requirements.lock

clean:
	rm -rf build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find archive desktop index resources tests -name __pycache__ -type d -exec rm -rf {} +
