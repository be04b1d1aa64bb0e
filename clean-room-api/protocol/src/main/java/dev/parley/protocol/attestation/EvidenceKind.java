package dev.parley.protocol.attestation;

import java.util.regex.Pattern;

/** What a document speaks for. The name of its PCR map and the form of its module id must agree (spec §4). */
public enum EvidenceKind {
    ENCLAVE("enclave", "pcrs", "enc"),
    /** The parent instance, measured by its NitroTPM. Never a place where keys are released to. */
    NITROTPM("nitrotpm", "nitrotpm_pcrs", "tpm");

    private final String code;
    private final String pcrMap;
    private final Pattern moduleId;

    EvidenceKind(String code, String pcrMap, String mark) {
        this.code = code;
        this.pcrMap = pcrMap;
        this.moduleId = Pattern.compile("i-[0-9a-f]{8,17}-" + mark + "[0-9a-f]{16}");
    }

    public String code() {
        return code;
    }

    /** The key of the payload under which the PCRs stand. */
    public String pcrMap() {
        return pcrMap;
    }

    public boolean isModuleId(String text) {
        return moduleId.matcher(text).matches();
    }

    /** The instance that a module id of this kind names. */
    public String instanceOf(String moduleId) {
        if (!isModuleId(moduleId)) {
            throw new IllegalArgumentException("module id has another form than this kind of document");
        }
        return moduleId.substring(0, moduleId.lastIndexOf('-'));
    }

    /** What a register of this kind of document holds, in a few words (spec §4). */
    public String meaning(int register) {
        return switch (this) {
            case ENCLAVE -> RegisterMeanings.ofEnclave(register);
            case NITROTPM -> RegisterMeanings.ofInstance(register);
        };
    }

    @Override
    public String toString() {
        return code;
    }
}
