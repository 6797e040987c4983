package peerserver.security;

/**
 * The signature of a request whose headers are in order; whether it is right is still unknown.
 *
 * @param request what was signed, without the body
 * @param authorization the signature, and what it says about itself
 * @param timestamp the value of {@code x-amz-date}
 */
record RequestSignature(SignableRequest request, AuthorizationHeader authorization, String timestamp) {

    /**
     * The credential to validate, once the body is known.
     *
     * @throws RefusedRequestException when the request claims another hash of its body in
     *     {@code x-amz-content-sha256}; curl does not send that header
     */
    SignedRequestCredential credential(byte[] body) throws RefusedRequestException {
        String bodyHash = SigV4.sha256(body);
        for (String claimed : request.headers("x-amz-content-sha256")) {
            if (!claimed.equals(bodyHash)) {
                throw RefusedRequestException.forbidden("the body's hash is not the one in x-amz-content-sha256");
            }
        }
        String canonical = CanonicalRequest.of(request, authorization.signedHeaders(), bodyHash);
        return new SignedRequestCredential(
                authorization.accessKey(),
                authorization.date(),
                SigV4.stringToSign(timestamp, authorization.scope(), canonical),
                authorization.signature());
    }
}
