/** AWS Mobile Hub: one of the services of the original, gone from botocore. From the AWS SDK for JavaScript, client-mobile. */
export const mobileBlock = `service mobile
name AWS Mobile
full AWS Mobile Hub
title Mobile
version 2017-07-01
prefix mobile
signing AWSMobileHubService
protocols rest-json
hosts *
POST /projects CreateProject
DELETE /projects/{} DeleteProject
GET /bundles/{} DescribeBundle
GET /project DescribeProject
POST /bundles/{} ExportBundle
POST /exports/{} ExportProject
GET /bundles ListBundles
GET /projects ListProjects
POST /update UpdateProject`;
