/** What the project file is called where nobody names another: every command and job that reads one begins here. */
export const defaultProjectFile = 'holdfast.yaml';
