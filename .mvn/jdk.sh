# Finds a JDK that can build and run Parley. Sourced by mvnw, deploy/demo and party-portal/cli/parley.
#
# The first JDK of version 25 or newer wins: JAVA_HOME, the PATH, /usr/lib/jvm, SDKMAN, ~/.jdks, macOS's java_home.
# `java` on the PATH is often an older one (Debian 12 has 17), so its mere presence decides nothing.

PARLEY_JDK_MINIMUM=25

# Prints the feature version of the JDK in folder $1, or nothing.
parley_jdk_version() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

# Exports JAVA_HOME when the JDK in folder $1 is new enough.
parley_jdk_accept() {
  parley_jdk_found=$(parley_jdk_version "$1")
  [ -n "$parley_jdk_found" ] && [ "$parley_jdk_found" -ge "$PARLEY_JDK_MINIMUM" ] || return 1
  JAVA_HOME=$1
  export JAVA_HOME
}

# A JDK on the PATH is a link; its home is two folders above the file that the link ends in.
parley_jdk_on_path() {
  parley_jdk_javac=$(command -v javac 2>/dev/null) || return 1
  parley_jdk_javac=$(readlink -f "$parley_jdk_javac" 2>/dev/null) || return 1
  dirname "$(dirname "$parley_jdk_javac")"
}

parley_find_jdk() {
  if [ -n "${JAVA_HOME-}" ] && parley_jdk_accept "$JAVA_HOME"; then return 0; fi
  parley_jdk_candidate=$(parley_jdk_on_path) && parley_jdk_accept "$parley_jdk_candidate" && return 0
  for parley_jdk_candidate in /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
    parley_jdk_accept "$parley_jdk_candidate" && return 0
  done
  if [ -x /usr/libexec/java_home ]; then
    parley_jdk_candidate=$(/usr/libexec/java_home -v "$PARLEY_JDK_MINIMUM+" 2>/dev/null) \
      && parley_jdk_accept "$parley_jdk_candidate" && return 0
  fi
  echo "parley: needs a JDK $PARLEY_JDK_MINIMUM or newer (for example Temurin 25); none found in JAVA_HOME, on the PATH, in /usr/lib/jvm, ~/.sdkman or ~/.jdks" >&2
  return 1
}
