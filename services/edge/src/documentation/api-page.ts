/** The API, rendered by RapiDoc from /v1/openapi.json. Nothing is loaded from anywhere else. */
export const apiPage = `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Cloud Gateway API</title>
  <link rel="icon" href="data:,">
  <script type="module" src="/docs/rapidoc.js"></script>
</head>
<body>
  <rapi-doc
    spec-url="/v1/openapi.json"
    theme="light"
    bg-color="#ffffff"
    text-color="#1b1f24"
    primary-color="#1f5fbf"
    nav-bg-color="#f6f8fa"
    nav-text-color="#1b1f24"
    nav-hover-bg-color="#e8eef7"
    nav-accent-color="#1f5fbf"
    regular-font="system-ui, sans-serif"
    mono-font="ui-monospace, monospace"
    load-fonts="false"
    render-style="read"
    show-method-in-nav-bar="as-colored-text"
    use-path-in-nav-bar="false"
    schema-style="table"
    schema-description-expanded="true"
    show-header="false"
    allow-server-selection="false"
    persist-auth="false"
  >
    <noscript>The API is described by <a href="/v1/openapi.json">/v1/openapi.json</a>.</noscript>
  </rapi-doc>
</body>
</html>
`;
