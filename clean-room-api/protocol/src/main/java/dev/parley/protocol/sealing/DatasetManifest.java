package dev.parley.protocol.sealing;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.attestation.TrustDomain;
import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.crypto.VerificationKey;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.room.DatasetVersion;
import dev.parley.protocol.room.LineageId;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.RoomId;
import java.time.Instant;

/**
 * An owner's signed statement of what was sealed as one version of a dataset. The number of rows is not here: it stands
 * inside the ciphertext. Specified in {@code docs/spec/sealed-dataset.md} §5.
 *
 * @param trustDomain the only domain whose enclaves may open it, whatever a policy bundle says
 */
public record DatasetManifest(
        SealedVersion sealed,
        LineageId lineage,
        TrustDomain trustDomain,
        Schema schema,
        SealedCiphertext ciphertext,
        Instant createdAt) {

    public static final String TYPE = "parley-dataset-manifest+jws";
    private static final String KIND = "dataset-manifest/1";

    public DatasetManifest {
        requireNonNull(sealed);
        requireNonNull(lineage);
        requireNonNull(trustDomain);
        requireNonNull(schema);
        requireNonNull(ciphertext);
        requireNonNull(createdAt);
    }

    /** Reads which dataset a manifest claims without believing it, to find the steward's key that {@link #read} needs. */
    public static SealedVersion unverifiedClaim(Jws signed) throws Malformed {
        var fields = Json.parseCanonical(signed.unverifiedPayload()).asObject().fields();
        fields.require("parley", KIND);
        return SealedVersion.read(fields);
    }

    public static DatasetManifest read(Jws signed, VerificationKey stewardKey) throws BadSignature, Malformed {
        return parse(signed.verify(TYPE, stewardKey));
    }

    /** Reads a payload whose origin is proven elsewhere. */
    public static DatasetManifest parse(Json.Obj json) throws Malformed {
        var fields = json.fields();
        fields.require("parley", KIND);
        var schema = Schema.parse(fields.value("schema").asObject());
        if (!fields.text("schemaDigest", SchemaDigest::parse).equals(schema.digest())) {
            throw new Malformed("schemaDigest is not that of the schema");
        }
        var manifest = new DatasetManifest(
                SealedVersion.read(fields),
                fields.text("lineage", LineageId::parse),
                fields.text("trustDomain", TrustDomain::parse),
                schema,
                SealedCiphertext.read(fields.object("ciphertext")),
                fields.instant("createdAt"));
        fields.end();
        return manifest;
    }

    public Json.Obj json() {
        return sealed.json(KIND)
                .put("lineage", lineage.value())
                .put("trustDomain", trustDomain.text())
                .put("schema", schema.json())
                .put("schemaDigest", schema.digest().hex())
                .put("ciphertext", ciphertext.json())
                .put("createdAt", createdAt.toString())
                .build();
    }

    public Jws sign(SigningKey stewardKey) {
        return Jws.sign(TYPE, json(), stewardKey);
    }

    public ManifestDigest digest() {
        return new ManifestDigest(Sha384Digest.of(json()));
    }

    /** How a run request names this version. */
    public DatasetVersion reference() {
        return new DatasetVersion(dataset(), version(), digest().digest());
    }

    public RoomId room() {
        return sealed.room();
    }

    public DatasetId dataset() {
        return sealed.dataset();
    }

    public int version() {
        return sealed.version();
    }

    public PartyId party() {
        return sealed.party();
    }
}
