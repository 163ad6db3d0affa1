package io.aftercare.diagnostics.engine;

import io.aftercare.diagnostics.track.Remembered;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// A device's state as bytes: its inputs, and each rule's standing with the rule's id and version.
final class SavedState {
    private static final int VERSION = 1;

    private SavedState() {}

    /// Everything but the registration.
    static byte[] of(DeviceState state) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            state.saveInputs(out);
            for (int rule = 0; rule < state.plan.rules.size(); rule++) {
                RuleState standing = state.standing(rule);
                if (standing != null) {
                    out.writeUTF(state.plan.rules.get(rule).rule().id());
                    out.writeInt(state.plan.rules.get(rule).active().version());
                    standing.save(out);
                    LevelState level = state.levelState(rule);
                    out.writeByte(level == null ? 0 : state.plan.rules.get(rule).levels().size());
                    if (level != null) {
                        level.save(out);
                    }
                }
            }
            out.writeUTF("");
        } catch (IOException e) {
            throw new UncheckedIOException("Memory cannot be written to", e);
        }
        return bytes.toByteArray();
    }

    /// Takes up what was saved under rules of the same layout; a rule that has another version by now begins anew.
    ///
    /// @throws IOException where another version of this program saved it; the state is undefined then
    static void load(Snapshot snapshot, DeviceState into) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(snapshot.state()))) {
            Remembered.expect(in, VERSION);
            into.loadInputs(in);
            for (String id = in.readUTF(); !id.isEmpty(); id = in.readUTF()) {
                int version = in.readInt();
                RuleState standing = RuleState.load(in);
                int count = in.readByte();
                LevelState level = new LevelState(count);
                level.load(in);
                int rule = into.indexOf(id);
                if (rule >= 0 && into.plan.rules.get(rule).active().version() == version) {
                    into.restore(rule, standing, count == 0 ? null : level);
                }
            }
        }
        into.coverage().resumed(snapshot.covered());
    }
}
