"""Whether a USDZ file keeps what a headset needs: what validators miss is looked for as well."""
