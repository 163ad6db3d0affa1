package io.aftercare.simulator;

import picocli.CommandLine.IVersionProvider;

/// The version in the jar's manifest, for every command's `--version`.
public final class VersionOfJar implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = VersionOfJar.class.getPackage().getImplementationVersion();
        return new String[]{"device-simulator " + (version == null ? "(not packaged)" : version)};
    }
}
