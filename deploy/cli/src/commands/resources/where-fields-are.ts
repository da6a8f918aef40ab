/** For the end of a help text. */
export const whereFieldsAre =
  '\nThe fields that each type takes are on the page /docs of the gateway: http://127.0.0.1:8080/docs of one that runs here.';
