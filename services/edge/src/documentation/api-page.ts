/** The API, rendered by RapiDoc from /v1/openapi.json. Nothing is loaded from anywhere else. */
export const apiPage = `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Cloud Gateway API</title>
  <script type="module" src="/docs/rapidoc.js"></script>
</head>
<body>
  <rapi-doc
    spec-url="/v1/openapi.json"
    heading-text="Cloud Gateway"
    theme="light"
    primary-color="#1f5fbf"
    regular-font="system-ui, sans-serif"
    mono-font="ui-monospace, monospace"
    load-fonts="false"
    render-style="focused"
    schema-style="table"
    show-header="false"
    allow-server-selection="false"
    persist-auth="false"
  ></rapi-doc>
</body>
</html>
`;
