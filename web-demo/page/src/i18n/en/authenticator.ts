export const authenticator = {
	title: 'Authenticator',
};
